// What a text sets off as code or as somebody's words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::comprehension {

struct MarkedSpan {
  std::string text;
  std::size_t begin = 0, end = 0;  // in the text, with its marks
};

// Spans of code in backticks, as Markdown reads them: as many backticks close a span as opened it, and one blank on
// each side is dropped, so that a span may hold backticks. A span ends within its paragraph.
std::vector<MarkedSpan> code_spans(std::string_view text);

// The same and what stands in double quotation marks, each text once, in order.
std::vector<std::string> quoted_in(std::string_view text);

}  // namespace cascade::comprehension
