# SPDX-License-Identifier: BSD-3-Clause
# install_program_documents(PROGRAM): its manual page, with the version in it, and what the shells complete, which the
# program itself says as it is installed: of other options than its own it could not.
function(install_program_documents program)
  configure_file(${PROJECT_SOURCE_DIR}/docs/man/${program}.1 ${PROJECT_BINARY_DIR}/man/${program}.1 @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/man/${program}.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  foreach(place bash:bash-completion/completions/${program} zsh:zsh/site-functions/_${program}
      fish:fish/vendor_completions.d/${program}.fish)
    string(REGEX MATCH "^[a-z]+" shell ${place})
    string(REGEX REPLACE "^[a-z]+:" "" file ${place})
    install(CODE "set(file \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATAROOTDIR}/${file}\")
message(STATUS \"Installing: \${file}\")
cmake_path(GET file PARENT_PATH folder)
file(MAKE_DIRECTORY \${folder})
execute_process(COMMAND \"$<TARGET_FILE:${program}>\" completion ${shell} OUTPUT_FILE \${file} COMMAND_ERROR_IS_FATAL ANY)")
  endforeach()
endfunction()
