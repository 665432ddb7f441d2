//! Workbooks out and in.

mod exports;
mod figures;
mod imports;
mod rated;
mod samples;
mod work;

use std::io::Cursor;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use serde_json::Value;

use crate::{
    browser::{Browser, with_passwords},
    world::World,
};

/// A browser in which somebody has signed in.
async fn signed_in(world: &World, login: &str) -> Browser {
    with_passwords(world, &[login]).await;
    let mut browser = Browser::new(world);
    browser.sign_in(login).await;
    browser
}

/// Fetches as a script of ours does.
async fn get(browser: &mut Browser, path: &str) -> (StatusCode, Vec<u8>) {
    let request = Request::get(path).header("x-requested-with", "gangping").body(Body::empty()).unwrap();
    let (status, _, bytes) = browser.send(request).await;
    (status, bytes)
}

/// Asks for a list as a script of ours does: `list?filter`, the filter in the body.
async fn list(browser: &mut Browser, asked: &str) -> (StatusCode, Vec<u8>) {
    let (list, filter) = asked.split_once('?').unwrap_or((asked, ""));
    let request = Request::post(format!("/exports/{list}"))
        .header("x-requested-with", "gangping")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(filter.to_owned()))
        .unwrap();
    let (status, _, bytes) = browser.send(request).await;
    (status, bytes)
}

/// Sends a workbook as a script of ours does.
async fn post(browser: &mut Browser, path: &str, bytes: Vec<u8>) -> (StatusCode, Value) {
    let request = Request::post(path).header("x-requested-with", "gangping").body(Body::from(bytes)).unwrap();
    let (status, _, bytes) = browser.send(request).await;
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

/// The sheets of a workbook: their names and their cells.
fn sheets(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let cells = book.worksheet_range(&name).unwrap().rows().map(<[Data]>::to_vec).collect();
            (name, cells)
        })
        .collect()
}

/// The lines of a list that somebody may have, the head first.
async fn lines(browser: &mut Browser, asked: &str) -> Vec<Vec<Data>> {
    let (status, bytes) = list(browser, asked).await;
    assert_eq!(status, 200, "{asked}: {}", String::from_utf8_lossy(&bytes));
    sheets(bytes).swap_remove(0).1
}

/// What stands in a line below a head.
fn below<'a>(lines: &'a [Vec<Data>], head: &str, line: usize) -> &'a Data {
    let at = lines[0].iter().position(|cell| text(cell) == head).expect(head);
    &lines[line][at]
}

fn text(cell: &Data) -> String {
    cell.to_string()
}
