//! The first two laws: what a query prints parses to the same tree; and no text panics or hangs.
