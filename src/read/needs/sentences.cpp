// A sentence ends at its mark, at a dash between blanks, and at a colon if what follows asks and what stands before
// does not. Nothing ends within back ticks or quotation marks.
#include "needs/sentences.h"

#include "needs/head.h"

namespace cascade::needs {
namespace {

bool ends_at_colon(const Message& message, Words before, Words behind) {
  constexpr std::size_t label = 3;
  if (before.size() <= label || announces(message, before)) return true;
  if (!opens(head_of(message, without_joints(message, behind).words, false))) return false;
  const Words own = without_joints(message, before).words;
  return own.size() <= label + 1 || !opens(head_of(message, own, false));
}

bool is_joint_only(const Message& message, Words words) {
  const Words rest = without_joints(message, words).words;
  const Row row = message.row_at(rest, roles::joins);
  return row && row.size == rest.size();
}

}  // namespace

bool announces(const Message& message, Words words) {
  constexpr std::size_t longest = 14, longest_list = 9;
  if (words.empty() || words.size() > longest) return false;
  if (message.is(words.end - 1, roles::announced) && message.has(words, roles::number)) return true;
  const bool colon = message[words.end - 1].mark == ':';
  return colon && words.size() <= longest_list && message.has(words, roles::listed);
}

std::vector<Words> sentences_of(const Message& message, Words line) {
  std::vector<Words> sentences;
  std::size_t begin = line.begin;
  for (std::size_t i = line.begin; i + 1 < line.end; ++i) {
    const Word& word = message[i];
    const bool dash = message[i + 1].dashed;
    if ((word.mark == 0 && !dash) || word.quoted) continue;
    const Words before{begin, i + 1};
    if (word.mark == ':' && !dash && !ends_at_colon(message, before, {i + 1, line.end})) continue;
    if (is_joint_only(message, before)) continue;
    sentences.push_back(before);
    begin = i + 1;
  }
  if (begin < line.end) sentences.push_back({begin, line.end});
  return sentences;
}

}  // namespace cascade::needs
