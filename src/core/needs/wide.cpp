// These languages have no words between blanks to look at. A message is cut at the marks that end sentences, and behind
// any mark at which a joint stands; what begins with a word that limits belongs to the need before.
#include "needs/wide.h"

#include <algorithm>

#include "needs/message.h"

namespace cascade::needs {
namespace {

constexpr std::string_view ends[] = {"\xE3\x80\x82", "\xEF\xBC\x9B", "\xEF\xBC\x81", "\xEF\xBC\x9F", "\n"};
constexpr std::string_view pauses[] = {"\xEF\xBC\x8C", ",", "\xE3\x80\x81", "\xEF\xBC\x9A", ":", " ", "."};
constexpr std::size_t shortest = 12;  // bytes of a need: four characters

template <typename Marks>
std::size_t mark_at(std::string_view text, const Marks& marks) {
  for (const std::string_view mark : marks)
    if (text.substr(0, mark.size()) == mark) return mark.size();
  return 0;
}

// The longest row of these roles that the text begins with, in bytes.
std::size_t row_at(std::string_view text, std::string_view language, Roles wanted) {
  std::size_t longest = 0;
  for (const WordRow& row : word_rows_from(static_cast<unsigned char>(language.front()))) {
    if (row.word.substr(0, 2) != language || (row.roles & wanted) == 0) continue;
    const std::string_view own = row.word.substr(3);
    if (text.substr(0, own.size()) == own) longest = std::max(longest, own.size());
  }
  return longest;
}

class WideSplitter {
 public:
  WideSplitter(std::string_view text, std::string_view language) : text_(text), language_(language) {}

  void add(ByteRange part) {
    std::uint32_t begin = part.begin;
    for (std::uint32_t at = part.begin; at < part.end;) {
      const std::string_view rest = text_.substr(at, part.end - at);
      const std::size_t end = mark_at(rest, ends), pause = end != 0 ? end : mark_at(rest, pauses);
      const bool joined = pause != 0 && row_at(rest.substr(pause), language_, roles::joins) != 0;
      if (end == 0 && !joined) {
        at += static_cast<std::uint32_t>(std::max<std::size_t>(pause, 1));
        continue;
      }
      add_clause({begin, at});
      at += static_cast<std::uint32_t>(pause);
      begin = at;
    }
    add_clause({begin, part.end});
  }
  void belong(std::uint32_t end) {
    if (!needs_.empty()) needs_.back().part.end = end;
  }
  std::vector<Need> take() { return std::move(needs_); }

 private:
  void add_clause(ByteRange clause) {
    for (std::size_t skip = 1; skip != 0 && clause.begin < clause.end;) {
      const std::string_view rest = text_.substr(clause.begin, clause.end - clause.begin);
      skip = std::max({mark_at(rest, ends), mark_at(rest, pauses), row_at(rest, language_, roles::joins)});
      clause.begin = std::min(clause.end, clause.begin + static_cast<std::uint32_t>(skip));
    }
    if (clause.begin >= clause.end) return;
    const std::string_view own = text_.substr(clause.begin, clause.end - clause.begin);
    const bool limits = row_at(own, language_, roles::limits) != 0 || own.size() < shortest;
    if (!needs_.empty() && limits) return belong(clause.end);
    needs_.push_back({clause, clause, Sign::asks, {}, {}});
  }

  std::string_view text_, language_;
  std::vector<Need> needs_;
};

}  // namespace

bool is_wide(std::string_view language) noexcept { return language == "zh" || language == "ja" || language == "ko"; }

std::vector<Need> read_wide_needs(std::string_view text, const std::vector<prompt::Part>& parts,
                                  std::string_view language) {
  WideSplitter splitter(text, language);
  for (const prompt::Part& part : parts) {
    if (part.kind == prompt::PartKind::said)
      splitter.add({part.begin, part.end});
    else
      splitter.belong(part.end);
  }
  std::vector<Need> needs = splitter.take();
  const ByteRange all{0, static_cast<std::uint32_t>(text.size())};
  if (needs.size() < 2) needs = {{all, all, Sign::whole, {}, {}}};
  return needs;
}

}  // namespace cascade::needs
