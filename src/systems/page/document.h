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
struct Contents {
  PageKind kind = PageKind::map;
  std::string title, json, served;
};
std::string document_of(const Contents& contents);

// JSON as it may stand between tags: no character of it can end a script, begin a comment or turn the text around. What
// is hidden (unicode::is_hidden) is written out as "<U+202E>", so that it is seen and does nothing. Linear.
std::string embedded(std::string_view json);

// The policy of that document: "default-src 'none'; script-src 'sha256-...'; ...".
std::string policy_of(const Contents& contents);

}  // namespace cascade::page
