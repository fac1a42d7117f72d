//! Web addresses that a person gives: whole, and leading to the web.

use super::{Result, WorkbenchError};
use url::Url;

/// Returns a web address without the space around it.
///
/// # Errors
/// When it is no address, or leads elsewhere than to the web: a script, a file, data.
pub fn web_address(written: &str) -> Result<&str> {
    let written = written.trim();
    let whole = "write the whole address, such as https://auditor.example/report";
    match Url::parse(written) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => Err(WorkbenchError::asked(
            format!("a link leads to the web: `{}:` is refused", url.scheme()),
            "write an address that begins with https:// or http://; a file is added with --file",
        )),
        Ok(url)
            if url.host_str().is_some_and(|host| host.contains('.') || host == "localhost" || host.contains(':')) =>
        {
            Ok(written)
        }
        Ok(_) => Err(WorkbenchError::asked(format!("`{written}` names no site"), whole)),
        Err(error) => Err(WorkbenchError::asked(format!("`{written}` is not a web address ({error})"), whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn links_lead_to_the_web() {
        for good in
            ["https://a.example/x?y=1#z", " http://localhost:8000/ ", "http://[::1]/a", "https://bücher.example/"]
        {
            assert_eq!(web_address(good).unwrap(), good.trim());
        }
        for bad in
            ["nonsense", "", "javascript:alert(1)", "DATA:text/html,x", "file:///etc/passwd", "https://", "http://a"]
        {
            assert!(web_address(bad).is_err(), "{bad}");
        }
    }
}
