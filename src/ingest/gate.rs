//! Bounds how many bytes are under way between the reader and the adder.

use std::sync::{Condvar, Mutex, PoisonError};

/// Lets the reader in while there is room.
#[derive(Debug)]
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
    capacity: usize,
}

#[derive(Debug, Default)]
struct State {
    taken: usize,
    closed: bool,
}

impl Gate {
    /// A gate for so many bytes.
    pub(super) fn new(capacity: usize) -> Gate {
        Gate { state: Mutex::default(), changed: Condvar::new(), capacity }
    }

    /// Waits for room and takes it; what is larger than the whole gate goes in alone. False once the gate is closed.
    pub(super) fn enter(&self, bytes: usize) -> bool {
        let bytes = bytes.min(self.capacity);
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |state: &mut State| !state.closed && state.taken + bytes > self.capacity;
        let mut state = self.changed.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        state.taken += bytes;
        !state.closed
    }

    /// Gives back room taken.
    pub(super) fn leave(&self, bytes: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.taken = state.taken.saturating_sub(bytes.min(self.capacity));
        self.changed.notify_all();
    }

    /// Lets nobody in any more.
    pub(super) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.changed.notify_all();
    }
}
