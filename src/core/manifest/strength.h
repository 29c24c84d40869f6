// How a sentence uses a name: calls it, names it, or warns it off.
#pragma once

#include <cascade/manifest.h>

#include <cstddef>
#include <string_view>

#include "manifest/body_text.h"
#include "prose/sentence.h"

namespace cascade::manifest {

// excluded: "do not call X", "rather than X", "instead of X", "not for this, use X instead", or a use under a heading
// such as "When not to use". invoked: "use X", "run the X command", "delegate to X". mentioned: all else, "collaborate
// with X". `begin` and `end` are of the name (with its marks) in BodyText::text(). Looks at most 160 bytes around it.
Strength strength_of(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// The same for a form that is itself a call ("Skill(x)"): invoked, required in a prerequisite, excluded when warned
// off, mentioned in printed output or in a list of related manifests.
Strength call_strength(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

using prose::sentence_window, prose::SentenceWords;

// A use in an example or below "Next steps", one left to somebody ("use X when you want", "Need a list? Use X"), a
// request that somebody types ("> Use X to …"), an advice ("Next: run X") in code, a program's page of help ("run `x
// --help`"). `before`: the words before the name, which ends at `end`.
bool is_shown(const BodyText& body, const TextLine& line, const SentenceWords& before, std::size_t begin,
              std::size_t end);

// Whether code that begins with a slash word shows how it is typed, because no text above it orders that.
bool is_shown_command(const BodyText& body, const TextLine& line);

// Orders of languages that put no blanks between words, or the verb behind the name: Chinese, Japanese, Korean.
enum class UnspacedOrder { none, call, refusal };

// "调用 `x`", "`x` を実行する", "`x` 스킬을 호출한다": whether the text before a name on its line, or after it, has it
// called, or forbids that. An occasion ("使用 `x` 时", "`x` を実行した後") and what the user does are no orders.
UnspacedOrder unspaced_order(std::string_view before, std::string_view after);

// Positions below are bytes of `text`; nothing before `line_begin` is read.

// The word right before `at`, behind blanks and marks of bold type and quotation; `begin` becomes where it begins.
std::string_view word_before(std::string_view text, std::size_t at, std::size_t line_begin, std::size_t& begin);

// "use [the] X", "delegate to X", "orchestrates X": the words right before the name at `at`.
bool stands_behind_use(std::string_view text, std::size_t at, std::size_t line_begin);

// The same, with other names of a list in between: "use a-b, c-d and X".
bool follows_use(std::string_view text, std::size_t at, std::size_t line_begin);

// "delegate X at once", "follow X": verbs that also have other objects. "delegate X to" gives X away. The name is
// [at, end).
bool stands_behind_wide_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin);

// "use a-b to plan, X to build or c-d to mend": one verb leads a list in which each name comes with its purpose.
bool shares_use(std::string_view text, std::size_t at, std::size_t end, std::size_t line_begin);

}  // namespace cascade::manifest
