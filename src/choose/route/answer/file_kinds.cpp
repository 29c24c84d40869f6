// An ending is the firmest sign of a matter that a person gives in passing: whoever writes "budget.xlsx" means
// spreadsheets, and a manifest that names the ending is made for them. Its words are few, so by words alone it loses to
// a manifest that many prompts taught about.
#include "route/answer/file_kinds.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::route {
namespace {

constexpr std::size_t longest_ending = 6, most_owners = 3;
constexpr std::uint32_t of_itself = 0xf;  // a posting's bits for name, triggers, description and situation

// Whether the word is what follows the last point of a file's name, or stands alone behind a point.
bool is_ending(std::string_view text, const PromptWord& word) {
  const std::size_t begin = word.offset, end = begin + word.length;
  if (begin == 0 || word.length > longest_ending || text[begin - 1] != '.') return false;
  if (end < text.size() && (letters::is_letter_or_digit(text[end]) || text[end] == '/' || text[end] == '-'))
    return false;
  return end >= text.size() || text[end] != '.' || end + 1 == text.size() || letters::is_space(text[end + 1]);
}

std::size_t own_with(const Tables& tables, std::uint32_t term) {
  const Span<Posting> postings = tables.read(tables.postings, tables.terms[term].postings);
  return static_cast<std::size_t>(std::count_if(postings.begin(), postings.end(), [&](const Posting& posting) {
    return (posting.mask() & of_itself) != 0 && posting.entry() < tables.entries.size &&
           !of_shipped(tables.entries[posting.entry()]);
  }));
}

}  // namespace

std::vector<std::uint32_t> named_endings(const Tables& tables, const Prompt& prompt) {
  std::vector<std::uint32_t> endings;
  for (const PromptWord& word : prompt.words) {
    if (word.pasted || word.term == none || word.number || !is_ending(prompt.text, word)) continue;
    const std::size_t owners = own_with(tables, word.term);
    if (owners != 0 && owners <= most_owners) endings.push_back(word.term);
  }
  std::sort(endings.begin(), endings.end());
  endings.erase(std::unique(endings.begin(), endings.end()), endings.end());
  return endings;
}

bool is_for_files(const Tables& tables, const std::vector<std::uint32_t>& endings, std::uint32_t entry) {
  return std::any_of(endings.begin(), endings.end(), [&](std::uint32_t term) {
    const Span<Posting> postings = tables.read(tables.postings, tables.terms[term].postings);
    return std::any_of(postings.begin(), postings.end(), [&](const Posting& posting) {
      return posting.entry() == entry && (posting.mask() & of_itself) != 0;
    });
  });
}

}  // namespace cascade::route
