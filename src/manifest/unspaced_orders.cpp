// Words cannot be cut apart without a dictionary, so both sides of the name are compared with fixed beginnings and
// ends. A Chinese verb ends the text before the name; a Japanese or Korean one follows it behind a particle, and what
// comes after the verb tells an order from an occasion.
#include "manifest/unspaced_orders.h"

#include "manifest/foreign_kinds.h"
#include "manifest/names.h"
#include "text/ascii.h"

#include <algorithm>
#include <iterator>

namespace cascade::manifest {
namespace {

using Words = std::string_view;

template <std::size_t N>
bool holds_any(std::string_view text, const Words (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](Words word) { return text.find(word) != std::string_view::npos; });
}

template <std::size_t N>
bool take_from_end(std::string_view& text, const Words (&words)[N]) {
  for (const Words word : words)
    if (text.size() >= word.size() && letters::equals_lower(text.substr(text.size() - word.size()), word))
      return text.remove_suffix(word.size()), true;
  return false;
}

template <std::size_t N>
bool take_from_begin(std::string_view& text, const Words (&words)[N]) {
  for (const Words word : words)
    if (letters::starts_with_lower(text, word)) return text.remove_prefix(word.size()), true;
  return false;
}

void drop_marks_at_end(std::string_view& text) {
  while (!text.empty() &&
         (letters::is_space(text.back()) || is_enclosing(text.back()) || text.back() == '@' || text.back() == '/'))
    text.remove_suffix(1);
}

void drop_marks_at_begin(std::string_view& text) {
  while (!text.empty() && (letters::is_space(text.front()) || is_enclosing(text.front()))) text.remove_prefix(1);
}

constexpr Words kinds_named[] = {"skills", "skill", "subagents", "subagent", "agents", "agent", "commands", "command"};

bool take_kind_from_begin(std::string_view& text) {
  const std::size_t bytes = unspaced_kind_at_begin(text).bytes;
  text.remove_prefix(bytes);
  return bytes > 0 || take_from_begin(text, kinds_named);
}

bool take_kind_from_end(std::string_view& text) {
  const std::size_t bytes = unspaced_kind_at_end(text).bytes;
  text.remove_suffix(bytes);
  return bytes > 0 || take_from_end(text, kinds_named);
}

constexpr Words users[] = {"用户", "使用者", "ユーザー", "利用者", "사용자", "유저"};

// "调用 skill ", "使用 `a` 和 `": the verb stands before the kind and before other names of the list.
bool is_led_by_verb(std::string_view& before) {
  static constexpr Words verbs[] = {"调用",   "使用",   "运行", "执行", "启动", "加载", "触发", "委派给",
                                    "委托给", "分派给", "派发", "激活", "交给", "調用", "執行", "啟動",
                                    "載入",   "觸發",   "運行", "呼叫", "调度", "唤起", "派遣"};
  static constexpr Words joints[] = {"、", "和", "与", "及", "或", "，", ","};
  constexpr std::size_t most_names = 6;
  for (std::size_t name = 0; name < most_names; ++name) {
    drop_marks_at_end(before);
    if (take_kind_from_end(before)) drop_marks_at_end(before);
    if (take_from_end(before, verbs)) return true;
    if (!take_from_end(before, joints)) return false;
    while (!before.empty() && letters::is_space(before.back())) before.remove_suffix(1);
    const std::size_t tick = before.ends_with('`') ? before.rfind('`', before.size() - 2) : std::string_view::npos;
    if (tick == std::string_view::npos) return false;
    before.remove_suffix(before.size() - tick);
  }
  return false;
}

UnspacedOrder order_before(std::string_view before, std::string_view after) {
  static constexpr Words refusals[] = {"不要", "请勿", "切勿", "禁止", "不得", "不应", "不能", "避免", "不可",
                                       "無需", "无需", "勿",   "別",   "别",   "不必", "不再", "不"};
  static constexpr Words times[] = {"时", "時", "后", "後", "之后", "之前", "前"};
  if (!is_led_by_verb(before)) return UnspacedOrder::none;
  drop_marks_at_end(before);
  if (take_from_end(before, refusals)) return UnspacedOrder::refusal;
  // "告知使用", "可以使用": what the user is told or may do.
  static constexpr Words offers[] = {"告知", "告诉", "提示", "提醒", "建议", "推荐",
                                     "可以", "可",   "询问", "建議", "推薦"};
  if (take_from_end(before, users) || take_from_end(before, offers)) return UnspacedOrder::none;
  drop_marks_at_begin(after);
  if (take_kind_from_begin(after)) drop_marks_at_begin(after);
  return take_from_begin(after, times) ? UnspacedOrder::none : UnspacedOrder::call;
}

// The part of the text within which a verb still belongs to the name.
std::string_view clause_of(std::string_view text) {
  constexpr std::size_t longest = 60;
  text = text.substr(0, longest);
  for (const Words end : {"。", "、", "．", ". ", ", ", "|"}) text = text.substr(0, text.find(end));
  return text;
}

// "`x` 에이전트 호출", "`x` スキル実行": a step said as a noun, which nothing but an aside follows.
bool is_order_as_noun(std::string_view after) {
  static constexpr Words nouns[] = {"호출", "실행", "로드", "呼び出し", "実行", "起動"};
  if (!take_from_begin(after, nouns)) return false;
  after = letters::trim(after.substr(0, after.find('\n')));
  return after.empty() || std::string_view("(.,:").find(after.front()) != std::string_view::npos;
}

UnspacedOrder order_after(std::string_view before, std::string_view after) {
  static constexpr Words particles[] = {"을", "를", "으로", "로", "에게", "에", "を", "で", "に", "へ"};
  static constexpr Words verbs[] = {"実行", "呼び出", "呼ぶ", "呼んで", "起動", "使用",   "使う",   "使って",
                                    "使い", "使わ",   "利用", "読み込", "委任", "委譲",   "引き継", "引き渡",
                                    "適用", "発動",   "依頼", "渡す",   "渡し", "ロード", "실행",   "호출",
                                    "사용", "활용",   "로드", "위임",   "적용", "요청",   "넘긴다", "넘겨",
                                    "넘기", "전달",   "불러", "띄운",   "돌린", "가동"};
  static constexpr Words denials[] = {"ない", "せず", "ません", "禁止", "하지", "않", "말 것", "금지", "마세요"};
  static constexpr Words occasions[] = {"した",  "された", "され", "でき", "前",     "後",  "時",     "とき", "場合",
                                        "済",    "ている", "たら", "れ",   "すると", "한 ", "한다면", "된",   "하면",
                                        "할 때", "했",     "전에", "후",   "되",     "됩",  "됐",     "중 ",  "할 수"};
  drop_marks_at_begin(after);
  const bool kind = take_kind_from_begin(after);
  if (kind) drop_marks_at_begin(after);
  if (!take_from_begin(after, particles))
    return kind && is_order_as_noun(after) ? UnspacedOrder::call : UnspacedOrder::none;
  const std::string_view clause = clause_of(after);
  std::size_t verb = std::string_view::npos, end = 0;
  for (const Words word : verbs) {
    const std::size_t at = clause.find(word);
    if (at >= verb) continue;
    verb = at;
    end = at + word.size();
  }
  if (verb == std::string_view::npos) return UnspacedOrder::none;
  const std::string_view ending = clause.substr(end);
  if (holds_any(ending, denials)) return UnspacedOrder::refusal;
  constexpr std::size_t subject = 60;
  if (holds_any(before.substr(before.size() - std::min(before.size(), subject)), users)) return UnspacedOrder::none;
  return holds_any(ending, occasions) ? UnspacedOrder::none : UnspacedOrder::call;
}

}  // namespace

UnspacedOrder unspaced_order(std::string_view before, std::string_view after) {
  if (const UnspacedOrder order = order_before(before, after); order != UnspacedOrder::none) return order;
  return order_after(before, after);
}

}  // namespace cascade::manifest
