//! The ordered worker pool: jobs in, results out in the order of the jobs, bounded in bytes.
//!
//! ```text
//! jobs -> [feeder, 1 thread] -> [workers, n threads] -> [`Results`, the consumer's thread]
//! ```
//!
//! One thread pulls the jobs from an iterator and numbers them, `n` threads work, and [`Results`] puts what they made
//! back into the order of the numbers. A [`Gate`] counts the bytes of all jobs that the feeder has pulled and the consumer
//! has not yet finished with; when it is full, the feeder waits.
//!
//! The pool stops early when the consumer lets go of [`Results`] (by returning or by a panic), and when a [`Cancel`] is
//! signalled: no further job is begun, and what is under way is dropped. A panic of the iterator or of a worker goes on
//! in the consumer, at the place of the job that caused it.
//!
//! Two forms: [`ordered`] borrows what it works on and consumes in a closure; [`spawn`] owns everything and is an
//! iterator.

use std::any::Any;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, select_biased, unbounded};

use crate::cancel::Cancel;

mod gate;

use gate::Gate;

/// How long the consumer waits for a result before it looks for a [`Cancel`] again.
const CANCEL_INTERVAL: Duration = Duration::from_millis(50);

/// A job or a result, its number, and the bytes it was admitted with.
struct Numbered<T> {
    number: u64,
    bytes: usize,
    value: T,
}

/// What a worker made of a job, or the panic that it ended in.
type Outcome<T> = Result<T, Box<dyn Any + Send>>;

/// What one pool needs besides its jobs and workers.
pub(crate) struct Settings<J> {
    /// Bytes of jobs that are under way at most; a larger job goes alone.
    pub(crate) max_bytes: usize,
    /// Bytes that a job counts as.
    pub(crate) job_bytes: fn(&J) -> usize,
    /// Ends the results early.
    pub(crate) cancel: Cancel,
}

/// Runs each of `workers` on a thread of its own over `jobs`, and gives the results to `consume` in the order of the jobs.
/// Returns when all threads have ended; a thread that is inside `jobs` ends when the iterator returns.
pub(crate) fn ordered<J, T, W, R>(
    jobs: impl Iterator<Item = J> + Send,
    workers: Vec<W>,
    settings: &Settings<J>,
    consume: impl FnOnce(&mut Results<T>) -> R,
) -> R
where
    J: Send,
    T: Send,
    W: FnMut(J) -> T + Send,
{
    let (feeder, worker_seat, results) = pool(settings);
    thread::scope(move |scope| {
        // Owned by this closure, so that a panic of `consume` drops it, which closes the gate and ends the threads.
        let mut results = results;
        for worker in workers {
            let seat = worker_seat.clone();
            scope.spawn(move || seat.run(worker));
        }
        drop(worker_seat);
        scope.spawn(move || feeder.run(jobs));
        consume(&mut results)
    })
}

/// As [`ordered`], with threads that belong to the iterator that is returned.
pub(crate) fn spawn<J, T, W>(
    jobs: impl Iterator<Item = J> + Send + 'static,
    workers: Vec<W>,
    settings: &Settings<J>,
) -> OwnedResults<T>
where
    J: Send + 'static,
    T: Send + 'static,
    W: FnMut(J) -> T + Send + 'static,
{
    let (feeder, worker_seat, results) = pool(settings);
    let workers = workers
        .into_iter()
        .map(|worker| {
            let seat = worker_seat.clone();
            thread::spawn(move || seat.run(worker))
        })
        .collect();
    let feeder = thread::spawn(move || feeder.run(jobs));
    OwnedResults { results: Some(results), workers, feeder: Some(feeder) }
}

fn pool<J, T>(settings: &Settings<J>) -> (Feeder<J, T>, WorkerSeat<J, T>, Results<T>) {
    let gate = Arc::new(Gate::new(settings.max_bytes));
    let (to_workers, jobs) = unbounded();
    let (to_consumer, done) = unbounded();
    let cancel = settings.cancel.clone();
    let feeder = Feeder {
        gate: gate.clone(),
        to_workers,
        to_consumer: to_consumer.clone(),
        job_bytes: settings.job_bytes,
        cancel: cancel.clone(),
    };
    let (running, stopped) = bounded(0);
    let worker_seat = WorkerSeat { jobs, stopped, to_consumer };
    let results =
        Results { gate, running: Some(running), done, early: BTreeMap::new(), next: 0, bytes_in_use: 0, cancel };
    (feeder, worker_seat, results)
}

/// Pulls jobs and numbers them.
struct Feeder<J, T> {
    gate: Arc<Gate>,
    to_workers: Sender<Numbered<J>>,
    to_consumer: Sender<Numbered<Outcome<T>>>,
    job_bytes: fn(&J) -> usize,
    cancel: Cancel,
}

impl<J, T> Feeder<J, T> {
    fn run(self, jobs: impl Iterator<Item = J>) {
        let mut number = 0;
        let fed = catch_unwind(AssertUnwindSafe(|| {
            for job in jobs {
                let bytes = (self.job_bytes)(&job);
                if self.cancel.is_cancelled() || !self.gate.enter(bytes) {
                    return;
                }
                if self.to_workers.send(Numbered { number, bytes, value: job }).is_err() {
                    return;
                }
                number += 1;
            }
        }));
        if let Err(panic) = fed {
            // Nobody listens any more where this fails.
            let _ = self.to_consumer.send(Numbered { number, bytes: 0, value: Err(panic) });
        }
    }
}

/// What a worker thread holds: where its jobs come from, and where its results go.
struct WorkerSeat<J, T> {
    jobs: Receiver<Numbered<J>>,
    /// Carries nothing; it is disconnected when the consumer stops.
    stopped: Receiver<Infallible>,
    to_consumer: Sender<Numbered<Outcome<T>>>,
}

impl<J, T> Clone for WorkerSeat<J, T> {
    fn clone(&self) -> Self {
        WorkerSeat { jobs: self.jobs.clone(), stopped: self.stopped.clone(), to_consumer: self.to_consumer.clone() }
    }
}

impl<J, T> WorkerSeat<J, T> {
    fn run(self, mut worker: impl FnMut(J) -> T) {
        loop {
            // A worker does not wait for the feeder alone, which may be inside a reader that blocks.
            let job = select_biased! {
                recv(self.stopped) -> _ => return,
                recv(self.jobs) -> job => job,
            };
            let Ok(Numbered { number, bytes, value: job }) = job else { return };
            let value = catch_unwind(AssertUnwindSafe(|| worker(job)));
            if self.to_consumer.send(Numbered { number, bytes, value }).is_err() {
                return;
            }
        }
    }
}

/// The results in the order of the jobs. The bytes of a result count as under way until the next one is asked for.
pub(crate) struct Results<T> {
    gate: Arc<Gate>,
    /// The other end of [`WorkerSeat::stopped`].
    running: Option<Sender<Infallible>>,
    done: Receiver<Numbered<Outcome<T>>>,
    /// Results whose turn has not come.
    early: BTreeMap<u64, (usize, Outcome<T>)>,
    /// The number of the next result.
    next: u64,
    /// Bytes of the result that the consumer works on.
    bytes_in_use: usize,
    cancel: Cancel,
}

impl<T> Iterator for Results<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.gate.leave(std::mem::take(&mut self.bytes_in_use));
        loop {
            if self.cancel.is_cancelled() {
                self.stop();
                return None;
            }
            if let Some((bytes, outcome)) = self.early.remove(&self.next) {
                self.next += 1;
                self.bytes_in_use = bytes;
                return Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)));
            }
            match self.done.recv_timeout(CANCEL_INTERVAL) {
                Ok(Numbered { number, bytes, value }) => drop(self.early.insert(number, (bytes, value))),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

impl<T> Results<T> {
    /// Lets the feeder and the workers end; each worker still ends the job that it has begun.
    fn stop(&mut self) {
        self.gate.close();
        self.running = None;
    }
}

impl<T> Drop for Results<T> {
    fn drop(&mut self) {
        self.stop();
    }
}

/// [`Results`] with their threads. Dropping it waits for the workers, each of which ends after the job that it has begun.
/// It does not wait for the feeder, which may be inside a reader that blocks: the feeder ends when that returns.
pub(crate) struct OwnedResults<T> {
    /// `None` only while it is being dropped.
    results: Option<Results<T>>,
    workers: Vec<JoinHandle<()>>,
    feeder: Option<JoinHandle<()>>,
}

impl<T> OwnedResults<T> {
    /// Stops the pool and waits for all of its threads, the feeder included.
    pub(crate) fn stop(mut self) {
        let feeder = self.feeder.take();
        drop(self);
        if let Some(feeder) = feeder {
            // It catches every panic of its jobs.
            let _ = feeder.join();
        }
    }
}

impl<T> Iterator for OwnedResults<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.results.as_mut()?.next()
    }
}

impl<T> Drop for OwnedResults<T> {
    fn drop(&mut self) {
        self.results = None;
        for worker in self.workers.drain(..) {
            // It catches every panic of its work.
            let _ = worker.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn settings(max_bytes: usize) -> Settings<u64> {
        Settings { max_bytes, job_bytes: |_| 1, cancel: Cancel::new() }
    }

    /// Two workers, of which the work on every third job takes longer.
    fn workers() -> Vec<impl FnMut(u64) -> u64 + Send> {
        let worker = |job: u64| {
            if job.is_multiple_of(3) {
                thread::sleep(Duration::from_micros(200));
            }
            job * 2
        };
        vec![worker, worker]
    }

    /// The message of the panic in which `run` ends.
    fn panic_of(run: impl FnOnce()) -> String {
        let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("a panic");
        panic.downcast_ref::<&str>().expect("a message").to_string()
    }

    #[test]
    fn results_have_the_order_of_the_jobs() {
        let expected: Vec<u64> = (0..300).map(|job| job * 2).collect();
        let borrowed: Vec<u64> = ordered(0..300, workers(), &settings(8), |results| results.collect());
        assert_eq!(borrowed, expected);
        assert_eq!(spawn(0..300, workers(), &settings(8)).collect::<Vec<_>>(), expected);
        let none: Vec<u64> = ordered(0..0, workers(), &settings(8), |results| results.collect());
        assert!(none.is_empty());
    }

    #[test]
    fn no_more_jobs_are_pulled_than_the_gate_admits() {
        let pulled = AtomicUsize::new(0);
        let jobs = (0..1000).inspect(|_| {
            pulled.fetch_add(1, Ordering::SeqCst);
        });
        ordered(jobs, workers(), &settings(10), |results| {
            for taken in 0..50 {
                assert!(results.next().is_some());
                thread::sleep(Duration::from_millis(1));
                // One more is pulled and waits at the gate.
                assert!(pulled.load(Ordering::SeqCst) <= taken + 10 + 1);
            }
        });
        assert!(pulled.into_inner() < 100, "the rest is left when the consumer returns");
    }

    #[test]
    fn a_panic_of_the_consumer_ends_the_call() {
        let message = panic_of(|| {
            ordered(0.., workers(), &settings(4), |results| {
                assert_eq!(results.next(), Some(0));
                panic!("the consumer fails");
            })
        });
        assert_eq!(message, "the consumer fails");
    }

    #[test]
    fn a_panic_of_a_worker_or_of_the_jobs_goes_on_in_the_consumer() {
        let fails_at_five = |job: u64| if job == 5 { panic!("job five fails") } else { job };
        let mut taken = 0;
        let message =
            panic_of(|| ordered(0.., vec![fails_at_five; 2], &settings(4), |results| results.for_each(|_| taken += 1)));
        assert_eq!((message.as_str(), taken), ("job five fails", 5));
        let jobs = (0..).inspect(|&job| assert!(job < 7, "no seventh job"));
        let mut owned = spawn(jobs, workers(), &settings(4));
        assert_eq!(owned.by_ref().take(7).count(), 7);
        assert_eq!(panic_of(|| assert!(owned.next().is_none())), "no seventh job");
    }

    #[test]
    fn a_signal_ends_the_results() {
        let settings = settings(4);
        let mut owned = spawn(0.., workers(), &settings);
        assert_eq!(owned.by_ref().take(20).count(), 20);
        settings.cancel.cancel();
        assert_eq!(owned.next(), None);
        owned.stop();
    }

    #[test]
    fn a_signal_ends_a_wait_for_jobs() {
        let settings = settings(4);
        let (sender, blocked) = unbounded::<u64>();
        let mut owned = spawn(blocked.into_iter(), workers(), &settings);
        settings.cancel.cancel();
        assert_eq!(owned.next(), None);
        drop(owned); // does not wait for the feeder, which still waits for a job
        drop(sender);
    }
}
