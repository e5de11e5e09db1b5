//! Enumerations, which services extend: values that the model does not know are kept as they came.

/// Implements for an enumeration of texts what does not depend on its values.
///
/// The type has `as_str(&self) -> &str` and `From<&str>`, both emitted with the values.
#[macro_export]
#[doc(hidden)]
macro_rules! __string_enum {
    ($name:ident) => {
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::bind::Text for $name {
            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                self.as_str().into()
            }

            fn list_item(&self) -> ::std::borrow::Cow<'_, str> {
                $crate::bind::Text::list_item(self.as_str())
            }
        }

        impl $crate::bind::FromText for $name {
            const EXPECTED: &'static str = "a text";

            fn from_text(text: &str) -> ::std::option::Option<Self> {
                ::std::option::Option::Some(Self::from(text))
            }
        }

        impl $crate::serde::Absent for $name {
            fn absent() -> Self {
                Self::from("")
            }
        }

        impl $crate::serde::__private::Serialize for $name {
            fn serialize<S: $crate::serde::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <::std::borrow::Cow<'de, str> as $crate::serde::__private::Deserialize<'de>>::deserialize(deserializer)
                    .map(|value| Self::from(&*value))
            }
        }
    };
}

/// Implements for an enumeration of numbers what does not depend on its values.
///
/// The type has `as_i32(&self) -> i32` and `From<i32>`, both emitted with the values.
#[macro_export]
#[doc(hidden)]
macro_rules! __int_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i32(), f)
            }
        }

        impl $crate::bind::Text for $name {
            fn text(&self) -> ::std::borrow::Cow<'_, str> {
                self.as_i32().to_string().into()
            }
        }

        impl $crate::bind::FromText for $name {
            const EXPECTED: &'static str = "a whole number of 32 bits";

            fn from_text(text: &str) -> ::std::option::Option<Self> {
                <i32 as $crate::bind::FromText>::from_text(text).map(Self::from)
            }
        }

        impl $crate::serde::Absent for $name {
            fn absent() -> Self {
                Self::from(0)
            }
        }

        impl $crate::serde::__private::Serialize for $name {
            fn serialize<S: $crate::serde::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i32(self.as_i32())
            }
        }

        impl<'de> $crate::serde::__private::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <i32 as $crate::serde::__private::Deserialize<'de>>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

pub use crate::{__int_enum as int_enum, __string_enum as string_enum};
