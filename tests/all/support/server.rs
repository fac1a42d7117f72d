//! A small server on this computer, for tests of what is fetched.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};

/// The begin of an answer; headers and an empty line follow.
pub const OK: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\n";

/// Answers every request by its path; a request is its first line and its headers.
pub fn server(answer: fn(&str, &str, &mut TcpStream) -> std::io::Result<()>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || serve(stream, answer));
        }
    });
    format!("http://127.0.0.1:{port}")
}

fn serve(mut stream: TcpStream, answer: fn(&str, &str, &mut TcpStream) -> std::io::Result<()>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?);
    let (mut request, mut line) = (String::new(), String::new());
    while lines.read_line(&mut line)? > 2 {
        request.push_str(&line);
        line.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    answer(&path, &request.to_ascii_lowercase(), &mut stream)
}
