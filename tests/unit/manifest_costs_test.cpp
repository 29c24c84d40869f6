// Costs of sections are put together from one count of the body: here they are compared with counting each emitted
// text anew, for bodies that hold whatever Markdown and text can be made awkward with.
#include "hash/content_hash.h"
#include "manifest/emission.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "unit/seeded_random.h"

#include <catch2/catch.hpp>
#include <map>

namespace cascade::manifest {
namespace {

std::string random_body(test::SeededRandom& random) {
  constexpr std::string_view snippets[] = {"\n",          "\n",           "\n\n",      "\r\n",      "\r",
                                           " ",           "    ",         "\t",        "word",      "A B. ",
                                           "1234",        "don't",        "\n# ",      "\n## H\n",  "\n###",
                                           "\nT\n===",    "\n---\n",      "\n\n- a",   "\n  - b\n", "\n1. c",
                                           "> ",          "\n```\n",      "\n```sh\n", "\n~~~\n",   "```",
                                           "\n\n    x\n", "\n|a|\n|-|\n", "<!--",      "-->",       "\n<pre>",
                                           "</pre>\n",    "\n<div>\n",    "[a]: b\n",  "\n/",       "//",
                                           ":\n",         "!`",           "`\n",       "!`ls`",     "\xEF\xBB\xBF",
                                           "\xFF",        "\xE2\x80",     "\u3000",    "\u2028\n",  "\u0085",
                                           "\u65E5ABC",   "\u2014",       "\u0301",    "\v",        "\f\n",
                                           "(",           "...\n",        "\u00E9."};
  std::string text;
  for (std::uint32_t n = random.below(50); n > 0; --n) text += snippets[random.below(std::size(snippets))];
  return text;
}

// The emitted parts of a shorter form of a section, one by one.
std::vector<std::string> emitted_parts(std::string_view text, const ShorterForms& forms, Form form,
                                       const std::string& item) {
  std::vector<FormPart> parts;
  forms.parts(form, parts);
  std::vector<std::string> out;
  for (const FormPart& part : parts)
    out.push_back(part.cut_lines == 0 ? emitted(text.substr(part.bytes.begin, part.bytes.size()))
                                      : cut_mark(cut_lines(part.cut_lines, part.code), item));
  return out;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += text;
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

const Symbol subject{Kind::skill, "x"};

// The same sections, each counted by itself.
std::vector<Section> counted_anew(std::string_view body, const syntax::Outline& outline, std::vector<Section> sections,
                                  const TokenCounter& counter) {
  std::map<std::string, int> headings;
  for (Section& section : sections) headings[section.heading] += is_shorter(section.form) ? 0 : 1;
  for (Section& section : sections) {
    const ByteRange range = section_range(body, outline, section.shorter_of);
    section.cost = {};
    if (!is_shorter(section.form)) section.cost = counter.count(emitted(body.substr(range.begin, range.size())));
    if (!is_shorter(section.form)) continue;
    const std::string item = section_item(subject, section.heading, headings[section.heading] == 1, section.shorter_of);
    for (const std::string& part :
         emitted_parts(body, ShorterForms(body, outline, section.shorter_of), section.form, item))
      section.cost += counter.count(part);
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
    const syntax::Outline outline = syntax::scan_outline(body);
    const CutBody cut = cut_sections(syntax::LineIndex(text), front.size(), outline, subject, counter);
    const std::vector<Section> anew = counted_anew(body, outline, cut.sections, counter);
    REQUIRE(shown(cut.sections) == shown(anew));
    REQUIRE(cut.cost == counter.count(body));
    for (const Section& section : cut.sections)
      REQUIRE(section.content_hash == hash::hash_text(text.substr(section.offset, section.length)));
    shorter += static_cast<std::size_t>(is_shorter(cut.sections.back().form));
  }
  CHECK(shorter > 100);
}

TEST_CASE("the parts of a shorter form are those of the section by itself") {
  test::SeededRandom random{11};
  for (int round = 0; round < 6000; ++round) {
    const std::string text = random_body(random);
    CAPTURE(unicode::displayable(text));
    const syntax::Outline outline = syntax::scan_outline(text);
    for (std::size_t number = 0; number <= outline.headings.size(); ++number) {
      const ByteRange section = section_range(text, outline, number);
      const ShorterForms forms(text, outline, number);
      for (const Form form : {Form::prose, Form::opening, Form::third, Form::beginning, Form::stub})
        REQUIRE(joined(emitted_parts(text, forms, form, "skill:x#0")) ==
                shortened(text.substr(section.begin, section.size()), form, "skill:x#0"));
    }
  }
}

TEST_CASE("a fence that is never closed is read anew for its section alone") {
  const std::string text = "# A\n\nText.\n\nMore text.\n\n```\ncode\n\n## B\n\nMore.\n";
  const syntax::Outline outline = syntax::scan_outline(text);
  REQUIRE(outline.headings.size() == 2);
  CHECK(joined(emitted_parts(text, ShorterForms(text, outline, 1), Form::opening, "x")) ==
        shortened("# A\n\nText.\n\nMore text.\n\n```\ncode\n\n", Form::opening, "x"));
}

}  // namespace cascade::manifest
