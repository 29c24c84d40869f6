// What a heading or a lead-in says of the lines below it, by its words.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "manifest/body_text.h"
#include "manifest/line_words.h"
#include "text/ascii.h"

namespace cascade::manifest {

// A line without the marks at its beginning ("## ", "> **"), which many questions below want, and one without those of
// emphasis at its end.
std::string_view without_marks(std::string_view line);
std::string_view without_lead_marks(std::string_view line);

// "Ask:", "Step 3: Display the summary": what follows is a message to somebody. Of a heading, or of a line that ends in
// a colon.
bool says_message(std::string_view line);
// What the lines above a line say of it, as one walk down the lines hands it on.
inline constexpr std::size_t longest_sign = 160;  // bytes of a line in which a phrase may stand

// What the nearest heading or lead-in says of the list below it.
class ListLead {
 public:
  // Whether a running line that is no item goes on with the item above it, so that the list is not over.
  bool goes_on(std::size_t indentation, bool ends_in_colon) noexcept {
    if (indentation <= item_ || item_ == no_item) item_ = no_item;
    return item_ != no_item && !ends_in_colon;
  }

  // Marks an item, which may itself lead a list that is further in.
  void mark_item(TextLine& item, std::string_view shown, std::size_t indentation, bool ends_in_colon);
  // `bare`: the line without the marks at its end.
  void enter(TextLine& line, std::string_view shown, std::string_view bare, std::size_t indentation);

  // Whether what follows the lead-in is called, be it a table.
  bool orders_all() const noexcept { return order_ == 0; }
  bool triggers(std::size_t indentation) const noexcept { return triggers_ && indentation >= least_; }

  bool not_for = false, prerequisites = false, handing_on = false;  // as in TextLine

 private:
  static constexpr std::size_t no_order = static_cast<std::size_t>(-1), no_item = no_order;

  bool triggers_ = false;         // what is listed is when something begins, or what others hear or do
  std::size_t least_ = 0;         // the indentation of the lead-in: what is further out is not its list
  bool used_ = false;             // the heading says "Required skills"; "For a review:" parts its list
  std::size_t order_ = no_order;  // the least indentation of what is ordered
  std::size_t item_ = no_item;    // the indentation of the item that the text is in
};

// The line above code or a quotation, which is asked only there: most lines have neither below them.
class OutputLead {
 public:
  // `bare`: the line without the marks at its end.
  void enter(std::string_view bare, bool heading) noexcept {
    bare_ = bare;
    heading_ = heading;
    judged_ = false;
  }
  // Whether what follows is output or a message.
  bool is_announced();

 private:
  std::string_view bare_;
  bool heading_ = false, judged_ = false, announced_ = false;
};

// What the headings above a line say of all that is below them, deeper headings included.
class SectionLead {
 public:
  bool not_for = false;  // until a rule across the page
  bool related = false;  // of the nearest heading
  bool told() const noexcept { return told_level_ != 0; }

  void enter(std::string_view words, std::uint32_t level) {
    if (!not_for || level <= not_for_level_) {
      not_for = says(words.substr(0, longest_sign), Says::not_for);
      not_for_level_ = level;
    }
    if (told_level_ == 0 || level <= told_level_) told_level_ = says(words, Says::told) ? level : 0;
    related = says(words, Says::related);
  }

 private:
  std::uint32_t not_for_level_ = 0, told_level_ = 0;  // told_level_ 0: in no example
};

// The kind words of the headings above a line.
class HeadingsAbove {
 public:
  Kinds nearest() const noexcept { return nearest_; }

  // Sets the kinds of the headings above this one, then moves below it.
  void enter(TextLine& heading, std::uint32_t given_level) {
    const std::size_t level = std::min<std::size_t>(given_level, chain_.size() - 1);
    heading.heading = 0;
    for (std::size_t i = 0; i < level; ++i) heading.heading = static_cast<Kinds>(heading.heading | chain_[i]);
    heading.intro = 0;  // of the nearest heading above it
    for (std::size_t i = level; i-- > 0 && heading.intro == 0;) heading.intro = chain_[i];
    chain_[level] = nearest_ = heading.own;
    for (std::size_t i = level + 1; i < chain_.size(); ++i) chain_[i] = 0;
  }

 private:
  std::array<Kinds, 7> chain_{};  // by level
  Kinds nearest_ = 0;
};

// Whether a fence's lines [begin, end) of the text hold a line that opens another one ("```bash"). CommonMark takes it
// for code, and the line that is meant to close it for the end of the outer fence.
bool holds_fence(std::string_view text, std::size_t begin, std::size_t end);

// What a line is part of when such fences are nested: of a fence, and of what sort the outermost is.
struct FencedLine {
  bool fenced = false, markdown = false, plain = false;  // plain: of no language
};

// The same for each line; empty where that reading leaves a fence open.
std::vector<FencedLine> nest_fences(const std::vector<std::string_view>& lines);

// Whether the info string of a fence names Markdown; no language, or one that is not code.
bool is_markdown_fence(std::string_view info);
bool is_plain_fence(std::string_view info);

}  // namespace cascade::manifest
