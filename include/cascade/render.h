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

// text: for people. json: one document, described by docs/formats/<name>.schema.json. jsonl: one object a line.
// markdown: for documents and for models. sarif, github: findings for code hosts. dot, mermaid: graphs.
enum class Format : std::uint8_t { text, json, jsonl, markdown, sarif, github, dot, mermaid };
std::string_view to_string(Format format) noexcept;
std::optional<Format> parse_format(std::string_view text) noexcept;  // "human" is another word for text

// misuse for a format that the result does not have. Each says which it has; json is a document of docs/formats/.
Result<std::string> render(const Bundle& bundle, const Registry& registry, Format format);  // text, markdown, json

}  // namespace cascade

#endif  // CASCADE_RENDER_H
