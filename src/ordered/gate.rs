//! A counting semaphore in bytes: it bounds how much work is between the thread that feeds the pool and its consumer.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Admits jobs while the bytes that are under way stay below a capacity.
#[derive(Debug)]
pub(super) struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
    capacity: usize,
}

#[derive(Debug, Default)]
struct GateState {
    bytes_inside: usize,
    is_closed: bool,
}

impl Gate {
    /// An open gate that admits `capacity` bytes.
    pub(super) fn new(capacity: usize) -> Gate {
        Gate { state: Mutex::default(), changed: Condvar::new(), capacity }
    }

    /// Waits until `bytes` fit, and counts them. A job that is larger than the capacity is admitted alone. Returns false
    /// when the gate is closed.
    pub(super) fn enter(&self, bytes: usize) -> bool {
        let bytes = bytes.min(self.capacity);
        let must_wait = |state: &mut GateState| !state.is_closed && state.bytes_inside + bytes > self.capacity;
        let waited = self.changed.wait_while(self.lock(), must_wait);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        state.bytes_inside += bytes;
        !state.is_closed
    }

    /// Stops counting `bytes` that were admitted.
    pub(super) fn leave(&self, bytes: usize) {
        let mut state = self.lock();
        state.bytes_inside = state.bytes_inside.saturating_sub(bytes.min(self.capacity));
        self.changed.notify_all();
    }

    /// Admits nothing from now on, and wakes whoever waits.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, GateState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_above_the_capacity_is_admitted_alone() {
        let gate = Gate::new(10);
        assert!(gate.enter(1000));
        std::thread::scope(|scope| {
            let second = scope.spawn(|| gate.enter(1));
            gate.leave(1000);
            assert!(second.join().unwrap());
        });
    }

    #[test]
    fn closing_wakes_whoever_waits() {
        let gate = Gate::new(10);
        assert!(gate.enter(10));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| gate.enter(5));
            gate.close();
            assert!(!waiting.join().unwrap());
        });
        assert!(!gate.enter(1));
    }
}
