# SPDX-License-Identifier: BSD-3-Clause
# The manuals, their schemas and the licences, laid out as in the checkout: links from one to the other go on working.
set(doc ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${doc})
install(FILES ${PROJECT_SOURCE_DIR}/bench/README.md DESTINATION ${doc}/bench)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${doc} PATTERN man EXCLUDE)
install(FILES ${PROJECT_SOURCE_DIR}/emulator/attach/qemu/COPYING DESTINATION ${doc}/emulator/attach/qemu)
# Profiles, stories and reports are where the programs look for them.
install(CODE "file(RELATIVE_PATH target /${doc} /share/mebench)
file(CREATE_LINK \${target} \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${doc}/scenarios\" SYMBOLIC)")
