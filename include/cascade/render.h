// Results as text: pure functions, the same bytes for the same result.
//
//   auto text = cascade::render(bundle, registry, cascade::Format::markdown);
#ifndef CASCADE_RENDER_H
#define CASCADE_RENDER_H

#include <cascade/bundle.h>
#include <cascade/diagnostic.h>
#include <cascade/resolve.h>
#include <cascade/route.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cascade CASCADE_EXPORT {

enum class Format : std::uint8_t {
  text,      // for people
  json,      // one document, described by schemas/<name>.schema.json
  jsonl,     // one JSON object on each line
  markdown,  // for documents and for models
  sarif,     // findings for code hosts: SARIF 2.1.0
  github,    // findings as GitHub's workflow commands
  dot,       // a graph for Graphviz
  mermaid,   // a graph for Mermaid
  svg        // a drawing
};
std::string_view to_string(Format format) noexcept;
std::optional<Format> parse_format(std::string_view text) noexcept;  // "human" is another word for text

// A bundle as text, markdown or json. Error: misuse for any other format.
Result<std::string> render(const Bundle& bundle, const Registry& registry, Format format);

}  // namespace cascade

#endif  // CASCADE_RENDER_H
