// The sentences of a line.
#pragma once

#include <vector>

#include "needs/message.h"

namespace cascade::needs {

// In order and without gaps. A piece that is nothing but joints ("P.S.") stays with the next.
std::vector<Words> sentences_of(const Message& message, Words line);

// "two things:", "tasks for today": only announces needs.
bool announces(const Message& message, Words words);

}  // namespace cascade::needs
