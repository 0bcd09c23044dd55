//! A new or changed template makes the binary that carries it stale.
fn main() {
    println!("cargo:rerun-if-changed=templates");
}
