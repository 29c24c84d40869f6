// A list for somebody who searches should hold a manifest for every thing that is asked for. So the pieces' orders are
// interleaved; words of the whole text then lift what several pieces speak for (BM25 over whole files, of which the
// postings' `plain` is the weight of one word). Both lists have gaps in different places, which is why fusing helps.
#include "route/needs/search.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/one_of.h"

namespace cascade::route {
namespace {

constexpr std::size_t most_pieces = 12, taken_of_each = 50, fewest_words = 3;

bool ends_piece(std::string_view text, std::size_t at) {
  const char c = text[at], next = at + 1 < text.size() ? text[at + 1] : ' ';
  if (c == '\n') return true;
  if ((c == '.' || c == '?' || c == '!' || c == ';') && letters::is_space(next)) return true;
  return static_cast<unsigned char>(c) == 0xE3 && text.substr(at, 3) == "\xE3\x80\x82";
}

// "additionally", "then": a piece begins with the word at `at`.
bool begins_piece(std::string_view text, std::size_t at) {
  if (at > 0 && letters::is_letter_or_digit(text[at - 1])) return false;
  std::size_t end = at;
  while (end < text.size() && letters::is_letter(text[end])) ++end;
  return letters::is_one_of_lower(text.substr(at, end - at),
                                  {"then", "additionally", "finally", "also", "lastly", "furthermore", "moreover",
                                   "next", "afterwards", "secondly", "thirdly", "after"});
}

std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t end) {
    const std::string_view piece = letters::trim(text.substr(begin, end - begin));
    const auto blanks = static_cast<std::size_t>(std::count(piece.begin(), piece.end(), ' '));
    if (blanks + 1 < fewest_words) return;
    pieces.push_back(piece);
    begin = end;
  };
  for (std::size_t at = 1; at < text.size() && pieces.size() < most_pieces; ++at) {
    if (ends_piece(text, at))
      end_at(at + 1);
    else if (letters::is_letter(text[at]) && begins_piece(text, at))
      end_at(at);
  }
  if (pieces.size() < most_pieces) end_at(text.size());
  return pieces;
}

// All entries by the words of the text, every word of a file alike.
std::vector<Ranked> by_whole_files(const Tables& tables, const Answer& whole) {
  std::vector<std::uint64_t> sums(tables.entries.size, 0);
  for (const Clue& clue : whole.scorer.clues()) {
    if (clue.concept_clue) continue;
    const std::uint64_t rarity = rarity_of(tables.terms[clue.term]);
    for (const Posting& posting : tables.read(tables.postings, tables.terms[clue.term].postings))
      if (posting.entry() < sums.size()) sums[posting.entry()] += rarity * posting.plain;
  }
  std::vector<Ranked> order;
  for (const Ranked& ranked : whole.order)
    order.push_back({ranked.entry, static_cast<std::uint32_t>(std::min<std::uint64_t>(sums[ranked.entry], none))});
  std::stable_sort(order.begin(), order.end(), is_better);
  return order;
}

// The orders in turn: the first places of all, then the second ones.
std::vector<std::uint32_t> in_turn(std::vector<std::unique_ptr<Answer>>& answers) {
  std::stable_sort(answers.begin(), answers.end(), [](const auto& a, const auto& b) {
    const auto best = [](const auto& answer) { return answer->order.empty() ? 0 : answer->order.front().score; };
    return best(a) > best(b);
  });
  std::vector<std::uint32_t> entries;
  for (std::size_t place = 0; place < taken_of_each; ++place)
    for (const auto& answer : answers)
      if (place < answer->order.size() &&
          std::find(entries.begin(), entries.end(), answer->order[place].entry) == entries.end())
        entries.push_back(answer->order[place].entry);
  return entries;
}

}  // namespace

std::vector<Ranked> search_order(const Tables& tables, const Query& query) {
  constexpr std::uint32_t share = 1'000'000, offset = 10;  // of a list's k-th place: share / (offset + k)
  const std::vector<std::string_view> pieces = pieces_of(query.text);
  if (pieces.size() < 2) return {};
  std::vector<std::unique_ptr<Answer>> answers;
  Query part = query;
  for (const std::string_view piece : pieces) {
    part.text = piece;
    answers.push_back(std::make_unique<Answer>(tables, part));
  }
  std::vector<std::uint32_t> scores(tables.entries.size, 0);
  const auto fuse = [&](std::size_t place, std::uint32_t entry) {
    scores[entry] += share / (offset + static_cast<std::uint32_t>(place));
  };
  const std::vector<std::uint32_t> turns = in_turn(answers);
  for (std::size_t i = 0; i < turns.size(); ++i) fuse(i, turns[i]);
  const std::vector<Ranked> whole = by_whole_files(tables, Answer(tables, query));
  for (std::size_t i = 0; i < whole.size(); ++i) fuse(i, whole[i].entry);
  std::vector<Ranked> order;
  for (std::uint32_t entry = 0; entry < scores.size(); ++entry)
    if (scores[entry] != 0) order.push_back({entry, scores[entry]});
  std::sort(order.begin(), order.end(), is_better);
  return order;
}

}  // namespace cascade::route
