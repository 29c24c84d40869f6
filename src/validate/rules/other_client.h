// Whether a manifest was written for another program than the client.
#pragma once

#include "validate/reading/document.h"

namespace cascade::validation {

// No tool of the client, and one at least that is no other spelling of such a tool.
bool lists_other_tools(const Document& document, const syntax::Node& tools);

// An agent that lists tools of which the client has none, and has two or more keys that the client does not know, one
// where two of its tools are unlike any of the client's, or a name such as x.agent.md. One sign alone is a mistake:
// tools by wrong names, or keys that somebody made up. O(fields).
bool is_for_another_client(const Document& document);

}  // namespace cascade::validation
