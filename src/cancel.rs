//! A signal that asks a running call to stop: one thread sends it, the long-running calls of the library look for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks running calls to stop. Clones share one signal, which is never taken back: make a new `Cancel` for the next call.
///
/// The signal is a request. A call looks for it between two records, so it stops after at most one piece of work on each
/// thread, and it leaves everything that it has reported as committed.
///
/// ```
/// use morgue::Cancel;
///
/// let cancel = Cancel::new();
/// let worker = std::thread::spawn({
///     let cancel = cancel.clone();
///     move || {
///         while !cancel.is_cancelled() {
///             std::thread::yield_now();
///         }
///     }
/// });
/// cancel.cancel(); // for example on Ctrl-C
/// worker.join().unwrap();
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A signal that nobody has sent yet.
    pub fn new() -> Cancel {
        Cancel::default()
    }

    /// Asks every call that holds a clone of this signal to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether a clone of this signal asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_signal() {
        let first = Cancel::new();
        let second = first.clone();
        assert!(!first.is_cancelled() && !second.is_cancelled());
        second.cancel();
        assert!(first.is_cancelled() && second.is_cancelled());
        assert!(!Cancel::new().is_cancelled());
    }

    #[test]
    fn the_signal_goes_between_threads() {
        fn is_shareable<T: Send + Sync + Clone + 'static>() {}
        is_shareable::<Cancel>();
    }
}
