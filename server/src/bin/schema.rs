//! Prints the GraphQL schema; `make schema` writes it to `schema.graphql`.

use server::graphql::schema::{Introspection, build};

fn main() {
    print!("{}", build(Introspection::On).sdl());
}
