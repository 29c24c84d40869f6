// Whether a manifest was written for another program than the client.
#pragma once

#include "validate/reading/document.h"

namespace cascade::validation {

// An agent that lists tools of which the client has none, and has two or more keys that the client does not know or a
// name such as x.agent.md. One sign alone is a mistake: tools by wrong names, or keys that somebody made up. O(fields).
bool is_for_another_client(const Document& document);

}  // namespace cascade::validation
