// Words that say no, each list as its askers need it.
#pragma once

#include "text/word_set.h"

namespace cascade::language {

// These forbid what the verb after them says. "Not" does so only after one of `auxiliaries`.
inline constexpr auto prohibitions =
    letters::word_set("never", "avoid", "don't", "can't", "cannot", "shouldn't", "mustn't", "doesn't", "won't",
                      "don\xE2\x80\x99t", "refrain", "refrains", "refraining", "mistakenly", "accidentally");
// "Under no circumstances": what may follow "no" there.
inline constexpr auto occasions_of_no =
    letters::word_set("circumstance", "circumstances", "account", "event", "time", "point");
inline constexpr auto foreign_prohibitions =
    letters::word_set("pas", "jamais", "nunca", "não", "nie", "niemals", "mai", "không", "đừng", "не", "никогда");
inline constexpr auto auxiliaries =
    letters::word_set("do", "does", "must", "should", "can", "may", "will", "shall", "could");

// In a request: these refuse the whole rest of their part of the sentence.
inline constexpr auto refusals =
    letters::word_set("not", "don't", "dont", "never", "without", "except", "avoid", "no", "nor", "leave", "ignore",
                      "excluding", "unlike", "instead", "cannot", "can't");

}  // namespace cascade::language
