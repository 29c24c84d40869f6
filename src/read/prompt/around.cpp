// Most languages call and refuse in front of a name. Some do so behind it, where the verb ends the sentence
// ("Xスキルを使わないで", "den X-Skill nicht benutzen").
#include "prompt/around.h"

#include "unicode/utf8.h"

namespace cascade::prompt {
namespace {

// Signs that surround a name and end no clause.
constexpr bool is_dressing(char c) {
  return letters::is_space(c) || c == '`' || c == '"' || c == '\'' || c == '*' || c == '/' || c == '@' || c == '-' ||
         c == '<' || c == '>';
}

bool ends_clause(std::string_view gap) {
  for (std::size_t i = 0; i < gap.size(); ++i) {
    if (is_dressing(gap[i])) {
      if (gap[i] == '\n' && gap.find('\n', i + 1) != std::string_view::npos) return true;
      continue;
    }
    if (gap[i] == ':') continue;
    if (static_cast<unsigned char>(gap[i]) < 0x80) return true;
    const unicode::Decoded c = unicode::decode(gap, i);
    // Quotation marks of all typographies, and the colon of full width.
    const bool dressing = (c.code_point >= 0x2018 && c.code_point <= 0x201F) || c.code_point == 0xAB ||
                          c.code_point == 0xBB || (c.code_point >= 0x300C && c.code_point <= 0x300F) ||
                          c.code_point == 0xFF1A || c.code_point == 0xA0;
    if (!dressing) return true;
    i += c.length - 1;
  }
  return false;
}

void look_back(const SaidWords& words, std::size_t begin, Around& around) {
  Roles behind = 0;  // of the word read before this one, which stands behind it
  for (std::size_t i = begin, left = reach; i > 0 && left > 0; --i, --left) {
    const std::string_view gap = words.gap_before(i);
    if (ends_clause(gap)) return;
    const bool colon = gap.find(':') != std::string_view::npos || gap.find("\xEF\xBC\x9A") != std::string_view::npos;
    const Roles has = words[i - 1].roles;
    const bool nearest = i == begin;
    if (colon && !(has & (roles::kinds | roles::call))) return;
    if ((has & roles::why) != 0 && around.refused) around.asked_why = true;
    if ((has & roles::kinds) != 0 && !around.called && !around.refused) {
      around.kinds |= has & roles::kinds;
      around.kind_with_colon = around.kind_with_colon || (nearest && colon);
    } else if ((has & roles::versus) != 0 && (behind & roles::of) != 0) {
      around.refused = true;
      return;
    } else if ((has & roles::refuse) != 0) {
      around.refused = true;
    } else if ((has & roles::stop) != 0) {
      around.stopped = true;
    } else if ((has & roles::call) != 0) {
      around.called = true;
    } else if ((has & roles::call_wide) != 0) {
      if (!around.called) around.wide = true;
    } else if ((has & (roles::filler | roles::of | roles::kinds)) == 0) {
      return;
    }
    behind = has;
  }
}

void look_ahead(const SaidWords& words, std::size_t end, Around& around) {
  bool refused_at_end = false;
  for (std::size_t i = end, left = reach; i < words.size() && left > 0; ++i, --left) {
    if (ends_clause(words.gap_before(i))) break;
    const Roles has = words[i].roles;
    if (i == end && (has & roles::kinds) != 0) {
      around.kinds |= has & roles::kinds;
    } else if ((has & roles::refuse_after) != 0) {
      around.refused = true;
      return;
    } else if ((has & roles::call_after) != 0 || ((has & roles::by) != 0 && around.kinds != 0)) {
      around.called = true;
      if (!refused_at_end) return;
    } else if ((has & roles::refuse_end) != 0) {
      refused_at_end = true;
    } else if ((has & roles::filler) == 0) {
      return;
    }
  }
  around.refused = around.refused || refused_at_end;
}

}  // namespace

Around look_around(const SaidWords& words, std::size_t begin, std::size_t end) {
  Around around;
  look_back(words, begin, around);
  look_ahead(words, end, around);
  return around;
}

}  // namespace cascade::prompt
