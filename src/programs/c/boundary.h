// The C++ side of the C interface: the code that all functions of cascade.h share.
#pragma once

#include <cascade/cascade.h>
#include <cascade/result.h>

#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace cascade::c {

// An answer, and whether it means yes.
struct Answer {
  std::string text;
  bool yes = true;
};

cascade_code code_of(ErrorCode code) noexcept;
std::string message_of(const Error& error);

// A copy that the C interface's caller must free; null if memory is short.
char* copied(std::string_view text) noexcept;

// Runs `step` (a function that returns Result<Answer>), writes its outcome to `answer`, and lets no exception escape.
template <typename Step>
cascade_code answered(char** answer, Step&& step) noexcept {
  if (answer == nullptr) return CASCADE_MISUSE;
  *answer = nullptr;
  try {
    const Result<Answer> result = std::forward<Step>(step)();
    *answer = copied(result ? result->text : message_of(result.error()));
    if (*answer == nullptr) return CASCADE_FAULT;
    if (!result) return code_of(result.error().code);
    return result->yes ? CASCADE_OK : CASCADE_NO;
  } catch (const std::exception& fault) {
    *answer = copied(fault.what());
  } catch (...) {
    *answer = copied("an exception of unknown type");
  }
  return CASCADE_FAULT;
}

}  // namespace cascade::c
