#include "page/document.h"

#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::page {
namespace {

std::string escape(char32_t code_point) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[(code_point >> shift) & 15U];
  return out;
}

// "<U+202E>", at least four digits.
std::string named(char32_t code_point) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string number;
  for (char32_t left = code_point; left != 0 || number.size() < 4; left >>= 4U) number.insert(0, 1, digits[left & 15U]);
  return escape('<') + "U+" + number + escape('>');
}

// A policy names a script by its hash in base 64.
std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0, held = 0;
  for (const char c : hex) {
    held = held << 4U | static_cast<std::uint32_t>(letters::hex_value(c));
    for (bits += 4; bits >= 6; bits -= 6) out += digits[held >> (bits - 6) & 63U];
  }
  if (bits > 0) out += digits[held << (6 - bits) & 63U];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

// Appends a script of ours without its indentation and its lines of comment. No text in them goes over a line's end.
void append_script(std::string_view source, std::string& script) {
  for (const std::string_view line : letters::lines(source)) {
    const std::string_view code = letters::trim_left(line);
    if (code.empty() || code.substr(0, 2) == "//") continue;
    (script += code) += '\n';
  }
}

std::string script_of(const Contents& contents) {
  std::string script;
  append_script(web_source("page.js"), script);
  append_script(web_source(std::string(to_string(contents.kind)) + ".js"), script);
  return script;
}

}  // namespace

constexpr letters::Names<PageKind::audit> page_kind_names("map", "bundle", "metrics", "usage", "audit");
std::string_view to_string(PageKind kind) noexcept { return page_kind_names.of(kind); }

std::optional<PageKind> parse_kind(std::string_view text) noexcept { return page_kind_names.find(text); }

std::string in_tags(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string embedded(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 16);
  for (std::size_t at = 0; at < json.size();) {
    const unicode::Decoded decoded = unicode::decode(json, at);
    const char32_t c = decoded.code_point;
    if (c == '<' || c == '>' || c == '&')
      out += escape(c);
    else if (c == '\n' || c == '\r' || c == '\t')
      out += ' ';  // between values only: within a text JSON writes these as escapes
    else if (!decoded.valid || unicode::is_hidden(c))
      out += named(c);
    else
      out += json.substr(at, decoded.length);
    at += decoded.length;
  }
  return out;
}

std::string policy_of(const Contents& contents) {
  return "default-src 'none'; script-src 'sha256-" + base64_of_hex(hash::sha256(script_of(contents))) +
         "'; style-src 'sha256-" + base64_of_hex(hash::sha256(web_source("page.css"))) + "'; connect-src " +
         (contents.served.empty() ? "'none'" : "'self'") + "; base-uri 'none'; form-action 'none'";
}

std::string document_of(const Contents& contents) {
  const std::string script = script_of(contents);
  const std::string_view style = web_source("page.css");
  const std::string title = in_tags(unicode::displayable(contents.title));
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
         policy_of(contents) +
         "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
         title + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body data-kind=\"" +
         std::string(to_string(contents.kind)) + "\"" +
         (contents.served.empty() ? "" : " data-served=\"" + in_tags(contents.served) + "\"") +
         (contents.asked.empty() ? "" : " data-asked=\"" + in_tags(unicode::displayable(contents.asked)) + "\"") +
         ">\n<header><h1>" + title +
         "</h1></header>\n<main id=\"page\"><noscript>This page needs scripts, which it brings along.</noscript>"
         "</main>\n<script type=\"application/json\" id=\"data\">" +
         embedded(contents.json) + "</script>\n<script>" + script + "</script>\n</body>\n</html>\n";
}

namespace {

constexpr std::string_view html = "text/html; charset=utf-8", plain = "text/plain; charset=utf-8",
                           json = "application/json; charset=utf-8";

std::string reply(std::string_view status, std::string_view type, std::string_view body, std::string_view more = {}) {
  return "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
         "Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\nX-Frame-Options: DENY\r\n" +
         std::string(more) + "\r\n" + std::string(body);
}

// The value of a header, without blanks around it; empty: it is not there.
std::string_view header(std::string_view head, std::string_view name) {
  for (std::size_t at = head.find('\n'); at != std::string_view::npos; at = head.find('\n', at)) {
    ++at;
    const std::string_view line = head.substr(at, head.find('\n', at) - at);
    if (line.size() > name.size() && line[name.size()] == ':' &&
        letters::equals_folded(line.substr(0, name.size()), name))
      return letters::trim(line.substr(name.size() + 1));
  }
  return {};
}

// Takes as long for a wrong token as for a right one.
bool is_same(std::string_view a, std::string_view b) {
  unsigned different = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
    different |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return different == 0;
}

bool is_own_host(const Site& site, std::string_view host) {
  const std::string port = ":" + std::to_string(site.port);
  return host == "127.0.0.1" + port || host == "localhost" + port;
}

bool is_from_elsewhere(const Site& site, std::string_view head) {
  const std::string_view origin = header(head, "origin"), fetch = header(head, "sec-fetch-site");
  constexpr std::string_view scheme = "http://";
  if (!origin.empty() && (!origin.starts_with(scheme) || !is_own_host(site, origin.substr(scheme.size())))) return true;
  return fetch == "cross-site" || fetch == "same-site";
}

}  // namespace

std::string address_of(const Site& site) {
  return "http://127.0.0.1:" + std::to_string(site.port) + "/" + site.token + "/";
}

std::string answer(const Site& site, std::string_view head) {
  const std::string_view line = head.substr(0, head.find_first_of("\r\n"));
  constexpr std::string_view get = "GET /";
  if (!line.starts_with(get)) return reply("405 Method Not Allowed", plain, "only GET\n", "Allow: GET\r\n");
  if (!is_own_host(site, header(head, "host"))) return reply("403 Forbidden", plain, "another host\n");
  if (is_from_elsewhere(site, head)) return reply("403 Forbidden", plain, "another origin\n");
  std::string_view target = line.substr(get.size());
  target = target.substr(0, target.find(' '));
  const std::size_t slash = target.find('/');
  if (slash == std::string_view::npos || site.token.empty() || !is_same(target.substr(0, slash), site.token))
    return reply("404 Not Found", plain, "the address that cascade printed has a token\n");
  target.remove_prefix(slash + 1);
  if (target.empty()) return reply("200 OK", html, site.document, "Content-Security-Policy: " + site.policy + "\r\n");
  constexpr std::string_view data = "data?have=";
  if (!target.starts_with(data)) return reply("404 Not Found", plain, "there is no such page\n");
  if (!site.fault.empty()) return reply("503 Service Unavailable", plain, site.fault);
  if (target.substr(data.size()) == site.have) return reply("204 No Content", json, {});
  return reply("200 OK", json, site.data, "X-Have: " + site.have + "\r\n");
}

}  // namespace cascade::page
