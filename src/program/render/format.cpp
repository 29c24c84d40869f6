#include <cascade/render.h>

namespace cascade {

std::string_view to_string(Format format) noexcept {
  switch (format) {
    case Format::text: return "text";
    case Format::json: return "json";
    case Format::jsonl: return "jsonl";
    case Format::markdown: return "markdown";
    case Format::sarif: return "sarif";
    case Format::github: return "github";
    case Format::dot: return "dot";
    case Format::mermaid: return "mermaid";
    case Format::svg: return "svg";
  }
  return "text";
}

std::optional<Format> parse_format(std::string_view text) noexcept {
  // A second name of "text", which is read but never written.
  if (text == "human") return Format::text;
  for (Format format : {Format::text, Format::json, Format::jsonl, Format::markdown, Format::sarif, Format::github,
                        Format::dot, Format::mermaid, Format::svg})
    if (text == to_string(format)) return format;
  return std::nullopt;
}

}  // namespace cascade
