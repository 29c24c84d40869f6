// A section's text as a bundle holds it. Section costs are counted on this text, so that a bundle's cost is known from
// the records alone, before anything is read.
#pragma once

#include <cascade/manifest.h>
#include <cascade/result.h>
#include <cascade/tokens.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/lines.h"
#include "syntax/outline.h"
#include "tokens/counted_text.h"

namespace cascade::manifest {

// The parts of a section that belong together: a lead-in line with the text it leads to, a step with its sub-steps, a
// warning with the text it is about, "wrong" with "right". Shorter forms leave out whole units only.
// [bytes.begin, bytes.end) in the text; the units of a section cover it after its heading without gaps.
// `code`: nothing but code and the lines that lead to it. `announces`: its last line leads to the text after it.
// `examples`: its code with the lines that lead to it, where the rest makes sense without them; all of a unit of code.
struct Unit {
  tokens::ByteRange bytes;
  bool code = false, announces = false;
  std::vector<tokens::ByteRange> examples;
};

// The units of a section. `blocks` are those of the section, in positions of `text`; `section` is its range. Linear.
std::vector<Unit> units_of(std::string_view text, tokens::ByteRange section, Span<const syntax::Block> blocks);

// The end of the heading that begins the section; the section's beginning when it has none.
std::size_t heading_end(tokens::ByteRange section, Span<const syntax::Block> blocks) noexcept;

// Whether a label, a short text, says that what follows is the wrong way, or the right one: "❌ Before", "GOOD:",
// "<Bad>".
enum class Contrast : std::uint8_t { none, wrong, right };
Contrast contrast_of(std::string_view label);

// "⚠️ Data loss", "Warning: ...", "[!CAUTION]".
bool is_warning_label(std::string_view label);

// `text`, a section's bytes in the file (or its shorter form), without leading blank lines and trailing white space,
// ill-formed UTF-8 replaced, forged marks defused (manifest/head.h), followed by a blank line. Empty when the
// text is only white space. A text that begins with a slash gets one space before it.
//
// Invariant: for emitted texts a and b, tokens(a + b) == tokens(a) + tokens(b). The o200k pattern never joins a line
// feed with what follows it, except with further line feeds (none begin b) and, after punctuation, with slashes (none
// begin b).
std::string emitted(std::string_view text);

// The hash by which a piece that was sent is recognised later: each form of a section has its own, made of the whole's.
constexpr std::uint64_t hash_of(std::uint64_t content_hash, Form form) noexcept {
  if (form == Form::card || form == Form::lead || form == Form::section) return content_hash;
  return content_hash ^ (0x9E3779B97F4A7C15ULL * (static_cast<std::uint64_t>(form) + 1));
}

// The costs of emitted texts that consist of whole lines of one text. Its ranges are counted once; it and the counter
// must outlive this object.
class EmissionCosts {
 public:
  // Counts these ranges of the text, as CountedText does.
  EmissionCosts(const TokenCounter& counter, std::string_view text, Span<const tokens::ByteRange> counted);

  Cost whole() const noexcept { return counted_.cost(); }  // of all that was counted, unchanged
  // The same as counter.count(emitted(...)) of the ranges joined. REQUIRES: each range begins where a line or the text
  // begins and ends where a line or the text ends.
  Cost of(Span<const tokens::ByteRange> ranges);

 private:
  std::string_view bytes_of(const tokens::ByteRange& range) const {
    return counted_.text().substr(range.begin, range.size());
  }
  Cost count_joined(Span<const tokens::ByteRange> ranges) const;

  const TokenCounter& counter_;
  tokens::CountedText counted_;
  bool may_hold_commands_ = false, may_hold_marks_ = false;
  std::vector<tokens::ByteRange> kept_;  // a copy of the ranges asked for, kept to reuse its memory
};

// The marks that show in a bundle where something was cut: what is missing, and how to get it.
//
//   [cut: 12 lines of code; cascade show skill:review#Steps]
//   [cut: 3 sections, 412 tokens; cascade show "skill:review#Error handling+2"]

// The argument with which `cascade show` prints the section `number` and the `further` sections after it: "#Steps+2".
// The number takes the place of a heading that is not `unique` in its manifest, is long, or has a character that means
// something to a shell: "#4+2". REQUIRES: number counts the sections of a manifest from 0, which is the lead.
std::string section_item(const Symbol& symbol, std::string_view heading, bool unique, std::uint32_t number,
                         std::uint32_t further = 0);

// The two parts of section_item: "skill:review" and "#Steps+2".
std::string item_owner(const Symbol& symbol);
std::string item_place(std::string_view heading, bool unique, std::uint32_t number, std::uint32_t further = 0);

// The mark's line and a blank line. An item with a blank in it is put in quotation marks.
std::string cut_mark(std::string_view what, std::string_view item);

// Says that a section's text is already in the bundle, under another manifest.
std::string same_mark(std::string_view heading, std::string_view item);

std::string cut_lines(std::size_t lines, bool code);                     // "12 lines of code", "1 line"
std::string cut_sections_text(std::size_t sections, TokenCount tokens);  // "3 sections, 412 tokens"

// The costs of one manifest's marks, the same as counter.count(cut_mark(...)). The parts that marks share are counted
// once: the tokenizer splits a mark before a blank and a word or number, between a letter and "#", and between a letter
// or digit and a sign. So the place of a section is counted once for all marks that name it. An inexact counter, or an
// owner whose name ends in a sign, gives no such pieces: then the whole mark is counted.
class MarkCosts {
 public:
  // The costs of the parts that do not name the manifest, by number; {} where not counted yet.
  using Shared = std::array<Cost, 11>;

  // The counter must outlive it, and so must `shared`: what earlier marks of this counter have counted. Null: nothing.
  MarkCosts(const TokenCounter& counter, const Symbol& symbol, Shared* shared = nullptr);

  // One section and those that follow it, as section_item has it.
  struct Place {
    std::uint32_t section = 0;
    std::string_view text;  // without `further`; the same for the same section
    std::uint32_t further = 0;
  };
  // Of cut_mark(cut_lines(lines, code), item).
  Cost lines(std::size_t lines, bool code, const Place& place);
  // Of cut_mark(cut_sections_text(sections, tokens), item).
  Cost sections(std::size_t sections, TokenCount tokens, const Place& place);

 private:
  Cost counted_once(std::size_t number, std::string_view text);
  Cost place_cost(const Place& place);
  Cost ending(const Place& place);

  const TokenCounter& counter_;
  std::string owner_;
  bool falls_into_pieces_, owner_is_one_word_;
  Cost owner_cost_, quoted_owner_cost_;  // {} where not counted yet
  Shared own_{};
  Shared& once_;
  std::vector<Cost> places_;  // by section; {} where not counted yet
};

using tokens::ByteRange;

// A part of a shorter form: a range of the text or, when `cut_lines` is not 0, a mark for that number of cut lines.
struct FormPart {
  ByteRange bytes;
  std::size_t cut_lines = 0;
  bool code = false;  // all that was cut is code
};

// prose, opening, third, beginning, stub: forms that leave out a part of a section.
bool is_shorter(Form form) noexcept;

// The text of a section's shorter form as a bundle holds it: whole units, with a mark where any were cut.
// Form::prose leaves out the code that is worth a mark, with the lines that lead to it. Form::opening keeps the heading
// and the first unit; none when that is code or leads to what was cut. Form::beginning keeps, of a section of a
// thousand bytes, as many units as fit two thirds of it, at least two; Form::third, of one of four thousand, as many as
// fit a third. Where that is less than two units there is no such form. Form::stub keeps the heading alone. Empty when
// there is no such form. `section`: the section's bytes, heading included; `item`: what `cascade show` finds it by.
// Other forms: the section as it is emitted. Linear.
std::string shortened(std::string_view section, Form form, const std::string& item);

// The range of one of the sections into which an outline's headings cut a text: number 0 is the text before the first.
// REQUIRES: number is at most outline.headings.size().
ByteRange section_range(std::string_view text, const syntax::Outline& outline, std::size_t number) noexcept;

// The shorter forms of one section of a text as parts of the text. Takes time for the section's blocks only, except
// where one of them is never closed: then the section is read by itself.
class ShorterForms {
 public:
  // REQUIRES: as section_range; the text outlives it.
  ShorterForms(std::string_view text, const syntax::Outline& outline, std::size_t number);

  // Replaces `out`; emitted one by one, with their marks, they are shortened(the section's bytes, form).
  void parts(Form form, std::vector<FormPart>& out) const;
  // Whether the section's last line leads to the text after it.
  bool announces() const noexcept { return !units_.empty() && units_.back().announces; }
  // Whether the section is only a heading.
  bool is_bare() const noexcept;

 private:
  std::string_view text_;
  ByteRange section_;
  std::size_t heading_end_ = 0;
  std::vector<Unit> units_;
};

// The body cut at its headings, each piece priced.

// Section 0 is the lead; each heading begins one more section. They cover the file from `body` on without gaps. Records
// of shorter forms follow after all of them, only those that cost less than their section. `symbol` is named in marks.
// `outline` is of the text from `body` on. A heading longer than 120 code points is shown cut. `shared`: as MarkCosts
// has it.
struct CutBody {
  std::vector<Section> sections;
  Cost cost;  // of the whole body as it is
};
CutBody cut_sections(const syntax::LineIndex& lines, std::size_t body, const syntax::Outline& outline,
                     const Symbol& symbol, const TokenCounter& counter, MarkCosts::Shared* shared = nullptr);

}  // namespace cascade::manifest
