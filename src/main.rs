//! The program `vanthu`; everything is in the library.

fn main() {}
