// Two short tables, read in order: a longer word stands before one that ends it.
#include "manifest/foreign_kinds.h"

#include <algorithm>
#include <iterator>

namespace cascade::manifest {
namespace {

struct KindWord {
  std::string_view word;
  Kinds kind;
};

constexpr KindWord unspaced[] = {{"サブエージェント", kinds_agent},
                                 {"エージェント", kinds_agent},
                                 {"スキル", kinds_skill},
                                 {"コマンド", kinds_command},
                                 {"서브에이전트", kinds_agent},
                                 {"에이전트", kinds_agent},
                                 {"스킬", kinds_skill},
                                 {"커맨드", kinds_command},
                                 {"명령어", kinds_command},
                                 {"명령", kinds_command},
                                 {"子代理", kinds_agent},
                                 {"智能体", kinds_agent},
                                 {"代理", kinds_agent},
                                 {"技能", kinds_skill},
                                 {"命令", kinds_command}};

constexpr KindWord spaced[] = {
    {"agente", kinds_agent},     {"Agente", kinds_agent},     {"agenten", kinds_agent},    {"Agenten", kinds_agent},
    {"subagente", kinds_agent},  {"агент", kinds_agent},      {"Агент", kinds_agent},      {"habilidad", kinds_skill},
    {"Habilidad", kinds_skill},  {"habilidade", kinds_skill}, {"Habilidade", kinds_skill}, {"compétence", kinds_skill},
    {"Compétence", kinds_skill}, {"навык", kinds_skill},      {"Навык", kinds_skill},      {"скилл", kinds_skill},
    {"Скилл", kinds_skill},      {"comando", kinds_command},  {"Comando", kinds_command},  {"commande", kinds_command},
    {"Commande", kinds_command}, {"befehl", kinds_command},   {"Befehl", kinds_command},   {"команда", kinds_command},
    {"Команда", kinds_command}};

// The first word of the table that `is_meant`.
template <std::size_t N, typename Meant>
UnspacedKind first_of(const KindWord (&words)[N], const Meant& is_meant) {
  const auto* const found =
      std::find_if(std::begin(words), std::end(words), [&](const KindWord& entry) { return is_meant(entry.word); });
  return found == std::end(words) ? UnspacedKind() : UnspacedKind{found->kind, found->word.size()};
}

}  // namespace

Kinds foreign_kind_word(std::string_view word) {
  const auto is_it = [word](std::string_view known) { return known == word; };
  const Kinds kind = first_of(spaced, is_it).kind;
  return kind != 0 ? kind : first_of(unspaced, is_it).kind;
}

UnspacedKind unspaced_kind_at_begin(std::string_view text) {
  return first_of(unspaced, [text](std::string_view word) { return text.starts_with(word); });
}

UnspacedKind unspaced_kind_at_end(std::string_view text) {
  return first_of(unspaced, [text](std::string_view word) { return text.ends_with(word); });
}

}  // namespace cascade::manifest
