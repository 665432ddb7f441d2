//! What must not compile: the walls of types (docs/ARCHITECTURE.md).

#[test]
fn ui() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
