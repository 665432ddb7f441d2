//! Prints the GraphQL schema, or with `access` the page on who may call what; `make schema` writes both to their files.

use server::graphql::schema::{Introspection, build};

fn main() {
    if std::env::args().nth(1).as_deref() == Some("access") {
        print!("{}", domain::access::page());
    } else {
        print!("{}", build(Introspection::On).sdl());
    }
}
