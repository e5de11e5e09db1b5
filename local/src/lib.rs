//! The service on loopback.
