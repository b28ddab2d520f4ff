//! The user's rules about names: aliases (several names of one entity) and stop entities (names that are not entities). They
//! are applied to keys at search time, so that they take effect without indexing again.

use std::collections::{HashMap, HashSet};

use crate::query::{Aliases, StopEntities};
use morgue_annotate::entities::key;
use morgue_article::EntityKind;

/// Aliases and stop entities as keys.
#[derive(Debug, Default)]
pub(crate) struct Naming {
    /// For each key of an alias or of a canonical name, the place of the canonical name in `canonical`.
    groups: HashMap<(EntityKind, String), usize>,
    canonical: Vec<String>,
    stopped: HashSet<(EntityKind, String)>,
}

impl Naming {
    pub(crate) fn new(aliases: &Aliases, stops: &StopEntities) -> Naming {
        let mut naming = Naming::default();
        for (place, group) in aliases.groups().enumerate() {
            naming.canonical.extend(group.first().cloned());
            for kind in EntityKind::ALL {
                for name in group {
                    naming.groups.entry((kind, key(kind, name))).or_insert(place);
                }
            }
        }
        for (kind, name) in stops.names() {
            let kinds = EntityKind::ALL.into_iter().filter(|each| kind.is_none_or(|kind| kind == *each));
            naming.stopped.extend(kinds.map(|kind| (kind, key(kind, name))));
        }
        naming
    }

    /// The keys of one kind that belong to an alias group, each with the place of the group's name.
    pub(crate) fn merged(&self, kind: EntityKind) -> impl Iterator<Item = (&str, usize)> {
        self.groups.iter().filter(move |((each, _), _)| *each == kind).map(|((_, key), place)| (key.as_str(), *place))
    }

    /// The name at a place that [`Naming::merged`] gave.
    pub(crate) fn canonical(&self, place: usize) -> &str {
        self.canonical.get(place).map_or("", String::as_str)
    }

    /// The keys of one kind that are not to be treated as names.
    pub(crate) fn stopped(&self, kind: EntityKind) -> impl Iterator<Item = &str> {
        self.stopped.iter().filter(move |(each, _)| *each == kind).map(|(_, key)| key.as_str())
    }

    /// Whether a key is not to be treated as a name.
    pub(crate) fn is_stopped(&self, kind: EntityKind, key: &str) -> bool {
        !self.stopped.is_empty() && self.stopped.contains(&(kind, key.to_owned()))
    }
}
