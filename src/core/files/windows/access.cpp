#include "files/windows/access.h"

#include <string>

#include "files/windows/handle.h"

#include <aclapi.h>
#include <sddl.h>

namespace cascade::files {
namespace {

// What the process's token says; empty if it does not.
std::vector<char> of_token(TOKEN_INFORMATION_CLASS what) {
  HANDLE opened = nullptr;
  if (::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &opened) == 0) return {};
  const Handle token(opened);
  DWORD size = 0;
  ::GetTokenInformation(token.get(), what, nullptr, 0, &size);
  std::vector<char> found(size);
  if (::GetTokenInformation(token.get(), what, found.data(), size, &size) == 0) return {};
  return found;
}

// In the language of security descriptors; empty if the system does not say who we are.
std::wstring only_for_user() {
  const std::vector<char> user = of_token(TokenUser);
  LPWSTR name = nullptr;
  if (user.empty() || ::ConvertSidToStringSidW(reinterpret_cast<const TOKEN_USER*>(user.data())->User.Sid, &name) == 0)
    return {};
  const std::wstring list = L"D:P(A;OICI;FA;;;" + std::wstring(name) + L")(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
  ::LocalFree(name);
  return list;
}

}  // namespace

Access::Access(unsigned mode) {
  if ((mode & 077U) != 0) return;
  const std::wstring list = only_for_user();
  if (list.empty() ||
      ::ConvertStringSecurityDescriptorToSecurityDescriptorW(list.c_str(), SDDL_REVISION_1, &list_, nullptr) == 0)
    return;
  attributes_ = {sizeof attributes_, list_, FALSE};
}

Access::~Access() {
  if (list_ != nullptr) ::LocalFree(list_);
}

bool owns(HANDLE file) {
  PSID owner = nullptr;
  PSECURITY_DESCRIPTOR list = nullptr;
  const DWORD code =
      ::GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, nullptr, nullptr, nullptr, &list);
  bool same = false;
  if (code == ERROR_SUCCESS) {
    const std::vector<char> user = of_token(TokenUser), makes = of_token(TokenOwner);
    same = (!user.empty() && ::EqualSid(owner, reinterpret_cast<const TOKEN_USER*>(user.data())->User.Sid) != 0) ||
           (!makes.empty() && ::EqualSid(owner, reinterpret_cast<const TOKEN_OWNER*>(makes.data())->Owner) != 0);
    ::LocalFree(list);
  }
  ::SetLastError(code);
  return same;
}

}  // namespace cascade::files
