// One HTML file with everything in it: the data as JSON, the script, the style, and a policy that lets nothing else in
// and no request out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::page {

enum class PageKind : std::uint8_t { map, bundle, metrics, usage, audit };
std::string_view to_string(PageKind kind) noexcept;
std::optional<PageKind> parse_kind(std::string_view text) noexcept;

// `json`: what `cascade VERB --format json` prints, or map_json(). `served`: names the state of the data, and the page
// may ask the server that it came from, and nobody else, for a newer one; empty: it may ask nobody.
// `asked`: with what words the page was asked for, as JSON (docs/cli/page.md), so that its commands ask the same place.
struct Contents {
  PageKind kind = PageKind::map;
  std::string title, json, served, asked = {};
};
std::string document_of(const Contents& contents);

// A text as it may stand between tags and within quotation marks.
std::string in_tags(std::string_view text);

// JSON as it may stand between tags: no character of it can end a script, begin a comment or turn the text around. What
// is hidden (unicode::is_hidden) is written out as "<U+202E>", so that it is seen and does nothing. Linear.
std::string embedded(std::string_view json);

// The policy of that document: "default-src 'none'; script-src 'sha256-...'; ...".
std::string policy_of(const Contents& contents);

// What one page that is served on this machine to its own user needs. `token`: whoever does not know it gets nothing.
// `policy`: of the document, as a header. `have`: names this state of the data. `fault`: why there is no newer one;
// empty: there is none.
struct Site {
  std::string token, policy, document, data, have, fault;
  std::uint16_t port = 0;
};

std::string address_of(const Site& site);  // "http://127.0.0.1:4711/TOKEN/"

// The whole answer, head and body, to the head of a request, up to its empty line. Refuses what a page of somebody else
// may send: another Host (a name that was pointed here), another origin, another method.
std::string answer(const Site& site, std::string_view head);

// A file of src/systems/page/web ("map.js"), compiled in by cmake/web_sources.cmake; empty: there is none.
std::string_view web_source(std::string_view name) noexcept;

}  // namespace cascade::page
