#include "page/document.h"

#include <algorithm>

#include "hash/sha256.h"
#include "page/web_sources.h"
#include "text/ascii.h"
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
  while (!source.empty()) {
    const std::string_view line = source.substr(0, source.find('\n'));
    source.remove_prefix(std::min(line.size() + 1, source.size()));
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

std::string in_tags(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

}  // namespace

constexpr letters::Names<PageKind::audit> page_kind_names("map", "bundle", "metrics", "usage", "audit");
std::string_view to_string(PageKind kind) noexcept { return page_kind_names.of(kind); }

std::optional<PageKind> parse_kind(std::string_view text) noexcept { return page_kind_names.find(text); }

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
         (contents.served.empty() ? "" : " data-served=\"" + in_tags(contents.served) + "\"") + ">\n<header><h1>" +
         title +
         "</h1></header>\n<main id=\"page\"><noscript>This page needs scripts, which it brings along.</noscript>"
         "</main>\n<script type=\"application/json\" id=\"data\">" +
         embedded(contents.json) + "</script>\n<script>" + script + "</script>\n</body>\n</html>\n";
}

}  // namespace cascade::page
