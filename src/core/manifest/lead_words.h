// What a heading or a lead-in says of the lines below it, by its words.
#pragma once

#include "manifest/line_words.h"

#include <string_view>

namespace cascade::manifest {

// A line without the marks at its beginning ("## ", "> **"), which many questions below want, and one without those of
// emphasis at its end.
std::string_view without_marks(std::string_view line);
std::string_view without_lead_marks(std::string_view line);

// "Finally, remind the user:", "Ask the user to:", "The crate-packer will:": the list below is what somebody
// else hears or does. REQUIRES: the line ends in a colon.
bool says_of_another(std::string_view line);
// "Launch these agents in parallel:": the items below are called. REQUIRES: the line ends in a colon. `kinds`: of its
// kind words; with one, the order may follow "Step 2:" or "In parallel,", and a skill may be read.
bool says_order(std::string_view line, Kinds kinds);
// "2. `/plan <topic>`": a numbered item that is a command and nothing else, so the step is to run it.
bool is_command_step(std::string_view item);
// "Skills used", "Required agents:": the list below is what the manifest works with.
bool says_used(std::string_view words);
// "Sample output:", "It prints:": the reader is not meant to run the code below it.
bool says_output(std::string_view line);
// "Stop with:", "Tell the user:": what follows is a message to somebody. REQUIRES: the line ends in a colon.
bool announces_message(std::string_view line);
// "Ask:", "Step 3: Display the summary": likewise. Of a heading, or of a line that ends in a colon.
bool says_message(std::string_view line);
// "Do not use for:", "**When not to use**": a line that is about the list below it.
bool announces_list(std::string_view line);

}  // namespace cascade::manifest
