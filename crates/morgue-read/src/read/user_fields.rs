//! User fields of JSON and tables: those that the user maps to a column, and those in the entry `extra`.

use morgue_article::ExtraName;

use super::fields::Fields;
use super::value::Value;

/// The user field that the user's map gives to a name in a file.
pub(super) fn user_field_of<'m>(name: &str, map: &'m [(String, String)]) -> Option<&'m str> {
    let mut fields = map.iter().filter(|(_, in_file)| in_file == name);
    fields.find_map(|(field, _)| field.strip_prefix(ExtraName::PREFIX))
}

/// The entry of JSON that holds the user fields of an article, as `morgue read` writes it.
pub(super) const EXTRA: &str = "extra";

impl Fields {
    /// Keeps the values of a user field.
    pub(super) fn put_extra(&mut self, name: &str, value: Value) {
        let values = value.texts();
        if !values.is_empty() {
            self.extra.entry(name.to_owned()).or_default().extend(values);
        }
    }

    /// Keeps the user fields in an object. Objects of this name in other files may hold anything: entries whose names
    /// are not allowed are ignored.
    pub(super) fn put_extras(&mut self, value: Value) {
        let Value::Map(entries) = value else { return };
        for (name, value) in entries {
            if ExtraName::new(&name).is_ok() {
                self.put_extra(&name, value);
            }
        }
    }
}
