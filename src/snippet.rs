//! Article and matched ranges -> snippet.
