@echo off
rem Opens the exercises. The first time it prepares the folder "ready" from the folder "wheels".
setlocal
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "PYTHON="
if exist "python\python.exe" set "PYTHON=python\python.exe"
if not defined PYTHON for /f %%v in (wheels\PYTHONS) do if not defined PYTHON (
    py -%%v -c "" >nul 2>nul && set "PYTHON=py -%%v"
)
if not defined PYTHON (
    echo Python is needed, in one of these versions:
    type wheels\PYTHONS
    echo Install one from python.org, and start again.
    pause
    exit /b 1
)
rem A folder that was moved elsewhere has lost its way to Python, and is prepared again.
if exist "ready\whole" (ready\Scripts\python -c "" >nul 2>nul || del "ready\whole")
if not exist "ready\whole" (
    echo Preparing, once. This takes two or three minutes.
    if exist "ready" rmdir /s /q "ready"
    %PYTHON% -m venv ready || goto failed
    ready\Scripts\python -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels partnering || goto failed
    type nul > "ready\whole"
)
ready\Scripts\python -m partnering open --in "%~dp0exercises" -- %*
exit /b %errorlevel%

:failed
echo This could not be prepared. Is there room on the disk, and may you write into this folder?
echo A folder that is synchronised with a cloud can be the reason: move this folder to another place.
pause
exit /b 1
