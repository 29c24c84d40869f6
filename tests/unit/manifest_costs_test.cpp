// Costs of sections are put together from one count of the body: here they are compared with counting each emitted
// text anew, for bodies that hold whatever Markdown and text can be made awkward with.
#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "manifest/sections.h"
#include "manifest/shorten.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>

namespace cascade::manifest {
namespace {

std::string random_body(test::SeededRandom& random) {
  constexpr std::string_view snippets[] = {"\n",
                                           "\n",
                                           "\n\n",
                                           "\r\n",
                                           "\r",
                                           " ",
                                           "    ",
                                           "\t",
                                           "word",
                                           "A B. ",
                                           "1234",
                                           "don't",
                                           "\n# ",
                                           "\n## H\n",
                                           "\n###",
                                           "\nT\n===",
                                           "\n---\n",
                                           "\n\n- a",
                                           "\n  - b\n",
                                           "\n1. c",
                                           "> ",
                                           "\n```\n",
                                           "\n```sh\n",
                                           "\n~~~\n",
                                           "```",
                                           "\n\n    x\n",
                                           "\n|a|\n|-|\n",
                                           "<!--",
                                           "-->",
                                           "\n<pre>",
                                           "</pre>\n",
                                           "\n<div>\n",
                                           "[a]: b\n",
                                           "\n/",
                                           "//",
                                           ":\n",
                                           "!`",
                                           "`\n",
                                           "!`ls`",
                                           "\xEF\xBB\xBF",
                                           "\xFF",
                                           "\xE2\x80",
                                           "\u3000",
                                           "\u2028\n",
                                           "\u0085",
                                           "\u65E5ABC",
                                           "\u2014",
                                           "\u0301",
                                           "\v",
                                           "\f\n",
                                           "(",
                                           "...\n",
                                           "\u00E9.",
                                           "\n=== skill: x",
                                           "<system",
                                           "-reminder",
                                           "\n[cascade] ",
                                           "<"};
  std::string text;
  for (std::uint32_t n = random.below(50); n > 0; --n) text += snippets[random.below(std::size(snippets))];
  return text;
}

std::string joined(std::string_view text, const std::vector<ByteRange>& ranges) {
  std::string out;
  for (const ByteRange& range : ranges) out += text.substr(range.begin, range.size());
  return out;
}

// "section 0+12 3/12, prose of 0 2/7": forms, ranges and costs.
std::string shown(const std::vector<Section>& sections) {
  std::string out;
  for (const Section& section : sections)
    out += std::string(to_string(section.form)) + " of " + std::to_string(section.shorter_of) + ' ' +
           std::to_string(section.offset) + '+' + std::to_string(section.length) + ' ' +
           std::to_string(section.cost.tokens) + '/' + std::to_string(section.cost.chars) + ", ";
  return out;
}

// The same sections, each counted by itself.
std::vector<Section> counted_anew(std::string_view text, std::vector<Section> sections, const TokenCounter& counter) {
  while (sections.back().form == Form::prose || sections.back().form == Form::opening) sections.pop_back();
  const std::size_t count = sections.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string bytes(text.substr(sections[i].offset, sections[i].length));
    sections[i].cost = counter.count(emitted(bytes));
    TokenCount least = sections[i].cost.tokens;
    for (const Form form : {Form::prose, Form::opening}) {
      const std::string shorter = shorten(bytes, form);
      const Cost cost = counter.count(emitted(shorter));
      if (letters::trim(shorter).empty() || shorter.size() >= bytes.size() || cost.tokens >= least) continue;
      least = cost.tokens;
      sections.push_back(sections[i]);
      sections.back().form = form;
      sections.back().cost = cost;
    }
  }
  return sections;
}

}  // namespace

TEST_CASE("sections of any body cost what their emitted texts cost") {
  const TokenCounter counter = TokenCounter::estimating();
  test::SeededRandom random{20261120};
  std::size_t shorter = 0;
  for (int round = 0; round < 6000; ++round) {
    const std::string front = round % 2 == 0 ? "" : "---\nname: x\n---\n", text = front + random_body(random);
    CAPTURE(unicode::displayable(text));
    const std::string_view body = std::string_view(text).substr(front.size());
    const CutBody cut = cut_sections(text, front.size(), 4, syntax::scan_outline(body), counter);
    const std::vector<Section> anew = counted_anew(text, cut.sections, counter);
    REQUIRE(shown(cut.sections) == shown(anew));
    REQUIRE(cut.cost == counter.count(body));
    shorter += static_cast<std::size_t>(cut.sections.back().form == Form::prose);
  }
  CHECK(shorter > 100);
}

TEST_CASE("the ranges of a shorter form are those of the section by itself") {
  test::SeededRandom random{11};
  std::vector<ByteRange> ranges;
  for (int round = 0; round < 6000; ++round) {
    const std::string text = random_body(random);
    CAPTURE(unicode::displayable(text));
    const syntax::Outline outline = syntax::scan_outline(text);
    for (std::size_t number = 0; number <= outline.headings.size(); ++number) {
      const ByteRange section = section_range(text, outline, number);
      const ShorterForms forms(text, outline, number);
      for (const Form form : {Form::section, Form::prose, Form::opening}) {
        forms.ranges(form, ranges);
        REQUIRE(joined(text, ranges) == shorten(text.substr(section.begin, section.size()), form));
      }
    }
  }
}

TEST_CASE("a fence that is never closed is read anew for its section alone") {
  const std::string text = "# A\n\nText.\n\n```\ncode\n\n## B\n\nMore.\n";
  const syntax::Outline outline = syntax::scan_outline(text);
  REQUIRE(outline.headings.size() == 2);
  std::vector<ByteRange> ranges;
  ShorterForms(text, outline, 1).ranges(Form::prose, ranges);
  CHECK(joined(text, ranges) == shorten("# A\n\nText.\n\n```\ncode\n\n", Form::prose));
}

}  // namespace cascade::manifest
