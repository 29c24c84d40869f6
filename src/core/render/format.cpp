#include <cascade/render.h>

#include "text/names.h"

namespace cascade {

constexpr letters::Names<Format::svg> format_names("text", "json", "jsonl", "markdown", "sarif", "github", "dot",
                                                   "mermaid", "svg");
std::string_view to_string(Format format) noexcept { return format_names.of(format); }

std::optional<Format> parse_format(std::string_view text) noexcept {
  // A second name of "text", which is read but never written.
  if (text == "human") return Format::text;
  return format_names.find(text);
}

}  // namespace cascade
