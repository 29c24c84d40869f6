// Words cannot be cut apart without a dictionary, so both sides of the name are compared with fixed beginnings and
// ends. A Chinese verb ends the text before the name; a Japanese or Korean one follows it behind a particle, and what
// comes after the verb tells an order from an occasion.
#include "manifest/unspaced_orders.h"

#include "manifest/foreign_words.h"
#include "manifest/names.h"
#include "text/ascii.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

bool take_from_end(std::string_view& text, ForeignRole role) {
  const std::size_t bytes = foreign_end(text, role).size();
  text.remove_suffix(bytes);
  return bytes > 0;
}

bool take_from_begin(std::string_view& text, ForeignRole role) {
  const std::size_t bytes = foreign_begin(text, role).size();
  text.remove_prefix(bytes);
  return bytes > 0;
}

void drop_marks_at_end(std::string_view& text) {
  while (!text.empty() &&
         (letters::is_space(text.back()) || is_enclosing(text.back()) || text.back() == '@' || text.back() == '/'))
    text.remove_suffix(1);
}

void drop_marks_at_begin(std::string_view& text) {
  while (!text.empty() && (letters::is_space(text.front()) || is_enclosing(text.front()))) text.remove_prefix(1);
}

// An English kind word in the midst of them.
std::size_t letters_at_begin(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), letters::is_letter);
  const std::size_t bytes = static_cast<std::size_t>(end - text.begin());
  return kind_word(text.substr(0, bytes)) != 0 ? bytes : 0;
}

std::size_t letters_at_end(std::string_view text) {
  const auto end = std::find_if_not(text.rbegin(), text.rend(), letters::is_letter);
  const std::size_t bytes = static_cast<std::size_t>(end - text.rbegin());
  return kind_word(text.substr(text.size() - bytes)) != 0 ? bytes : 0;
}

bool take_kind_from_begin(std::string_view& text) {
  const std::size_t foreign = unspaced_kind_at_begin(text).bytes,
                    bytes = foreign > 0 ? foreign : letters_at_begin(text);
  text.remove_prefix(bytes);
  return bytes > 0;
}

bool take_kind_from_end(std::string_view& text) {
  const std::size_t foreign = unspaced_kind_at_end(text).bytes, bytes = foreign > 0 ? foreign : letters_at_end(text);
  text.remove_suffix(bytes);
  return bytes > 0;
}

// "调用 skill ", "使用 `a` 和 `": the verb stands before the kind and before other names of the list.
bool is_led_by_verb(std::string_view& before) {
  constexpr std::size_t most_names = 6;
  for (std::size_t name = 0; name < most_names; ++name) {
    drop_marks_at_end(before);
    if (take_kind_from_end(before)) drop_marks_at_end(before);
    if (take_from_end(before, ForeignRole::verb_before)) return true;
    if (!take_from_end(before, ForeignRole::joint)) return false;
    while (!before.empty() && letters::is_space(before.back())) before.remove_suffix(1);
    const std::size_t tick = before.ends_with('`') ? before.rfind('`', before.size() - 2) : std::string_view::npos;
    if (tick == std::string_view::npos) return false;
    before.remove_suffix(before.size() - tick);
  }
  return false;
}

UnspacedOrder order_before(std::string_view before, std::string_view after) {
  if (!is_led_by_verb(before)) return UnspacedOrder::none;
  drop_marks_at_end(before);
  if (take_from_end(before, ForeignRole::refusal_before)) return UnspacedOrder::refusal;
  // "告知使用", "可以使用": what the user is told or may do.
  if (take_from_end(before, ForeignRole::user) || take_from_end(before, ForeignRole::offer)) return UnspacedOrder::none;
  drop_marks_at_begin(after);
  if (take_kind_from_begin(after)) drop_marks_at_begin(after);
  return take_from_begin(after, ForeignRole::time) ? UnspacedOrder::none : UnspacedOrder::call;
}

// The part of the text within which a verb still belongs to the name.
std::string_view clause_of(std::string_view text) {
  constexpr std::size_t longest = 60;
  text = text.substr(0, longest);
  for (const std::string_view end : {"。", "、", "．", ". ", ", ", "|"}) text = text.substr(0, text.find(end));
  return text;
}

// "`x` 에이전트 호출", "`x` スキル実行": a step said as a noun, which nothing but an aside follows.
bool is_order_as_noun(std::string_view after) {
  if (!take_from_begin(after, ForeignRole::order_noun)) return false;
  after = letters::trim(after.substr(0, after.find('\n')));
  return after.empty() || std::string_view("(.,:").find(after.front()) != std::string_view::npos;
}

UnspacedOrder order_after(std::string_view before, std::string_view after) {
  drop_marks_at_begin(after);
  const bool kind = take_kind_from_begin(after);
  if (kind) drop_marks_at_begin(after);
  if (!take_from_begin(after, ForeignRole::particle))
    return kind && is_order_as_noun(after) ? UnspacedOrder::call : UnspacedOrder::none;
  const std::string_view clause = clause_of(after);
  const std::string_view verb = foreign_inside(clause, ForeignRole::verb_behind);
  if (verb.empty()) return UnspacedOrder::none;
  const std::string_view ending = clause.substr(static_cast<std::size_t>(verb.data() + verb.size() - clause.data()));
  if (!foreign_inside(ending, ForeignRole::denial).empty()) return UnspacedOrder::refusal;
  constexpr std::size_t subject = 60;
  if (!foreign_inside(before.substr(before.size() - std::min(before.size(), subject)), ForeignRole::user).empty())
    return UnspacedOrder::none;
  return !foreign_inside(ending, ForeignRole::occasion).empty() ? UnspacedOrder::none : UnspacedOrder::call;
}

}  // namespace

UnspacedOrder unspaced_order(std::string_view before, std::string_view after) {
  if (const UnspacedOrder order = order_before(before, after); order != UnspacedOrder::none) return order;
  return order_after(before, after);
}

}  // namespace cascade::manifest
