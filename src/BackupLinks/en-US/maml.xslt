<?xml version="1.0" encoding="utf-8"?>
<!--
  Makes the file that Get-Help reads out of the sources beside this one.

  Input: <commands><command href="Get-It.help.xml"/>...</commands>, written by the build.
  A source names the shared text that it builds on, and that may build on another, as the classes do. What a command has
  of its own comes first, then what it builds on; in the notes, it is the other way round.
  In any text, <term name="x"/> stands for the <term name="x">...</term> of the source or of what it builds on.
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns="http://msh"
    xmlns:maml="http://schemas.microsoft.com/maml/2004/10"
    xmlns:command="http://schemas.microsoft.com/maml/dev/command/2004/10"
    xmlns:dev="http://schemas.microsoft.com/maml/dev/2004/10">
  <xsl:output method="xml" encoding="utf-8" indent="yes"/>
  <xsl:strip-space elements="*"/>
  <xsl:preserve-space elements="p code error synopsis term"/>

  <xsl:template match="/commands">
    <helpItems schema="maml">
      <xsl:for-each select="command">
        <xsl:sort select="@href"/>
        <!-- A string, not a node: the name is relative to this stylesheet. -->
        <xsl:apply-templates select="document(string(@href))/command"/>
      </xsl:for-each>
    </helpItems>
  </xsl:template>

  <xsl:template match="command">
    <xsl:variable name="command" select="."/>
    <!-- A command has no more than three of them. -->
    <xsl:variable name="base1" select="document(@base)/shared"/>
    <xsl:variable name="base2" select="document($base1/@base)/shared"/>
    <xsl:variable name="base3" select="document($base2/@base)/shared"/>
    <xsl:variable name="all" select="$command | $base1 | $base2 | $base3"/>
    <xsl:variable name="terms" select="$all/term"/>
    <xsl:variable name="sets" select="parameters/parameter/@set[not(. = ../preceding-sibling::parameter/@set)]"/>
    <command:command>
      <command:details>
        <command:name><xsl:value-of select="@name"/></command:name>
        <command:verb><xsl:value-of select="substring-before(@name, '-')"/></command:verb>
        <command:noun><xsl:value-of select="substring-after(@name, '-')"/></command:noun>
        <maml:description>
          <maml:para><xsl:value-of select="normalize-space(synopsis)"/></maml:para>
        </maml:description>
      </command:details>
      <maml:description>
        <!-- One at a time, here and below: the order of nodes of several documents in a union is undefined. -->
        <xsl:apply-templates select="description/p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
        <xsl:apply-templates select="$base1/description/p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
        <!-- That is what a link is, which is no matter of commands that list what there is. -->
        <xsl:if test="not(@kind = 'list')">
          <xsl:apply-templates select="$base2/description/p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
        </xsl:if>
        <xsl:apply-templates select="$base3/description/p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
      </maml:description>
      <command:syntax>
        <!-- Once, or once for each parameter set. -->
        <xsl:for-each select="$command[not($sets)] | $sets">
          <xsl:variable name="other" select="$sets[. != current()]"/>
          <command:syntaxItem>
            <maml:name><xsl:value-of select="$command/@name"/></maml:name>
            <xsl:apply-templates select="$command/parameters/parameter[not(@set = $other)]" mode="syntax"/>
            <xsl:apply-templates select="$base1/parameters/parameter" mode="syntax"/>
            <xsl:apply-templates select="$base2/parameters/parameter" mode="syntax"/>
            <xsl:apply-templates select="$base3/parameters/parameter" mode="syntax"/>
          </command:syntaxItem>
        </xsl:for-each>
      </command:syntax>
      <command:parameters>
        <xsl:apply-templates select="parameters/parameter"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
        <xsl:apply-templates select="$base1/parameters/parameter"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
        <xsl:apply-templates select="$base2/parameters/parameter"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
        <xsl:apply-templates select="$base3/parameters/parameter"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
      </command:parameters>
      <command:inputTypes>
        <xsl:for-each select="input">
          <command:inputType>
            <xsl:call-template name="typed-text"/>
          </command:inputType>
        </xsl:for-each>
      </command:inputTypes>
      <command:returnValues>
        <xsl:for-each select="output">
          <command:returnValue>
            <xsl:call-template name="typed-text"/>
          </command:returnValue>
        </xsl:for-each>
      </command:returnValues>
      <maml:alertSet>
        <maml:alert>
          <xsl:apply-templates select="notes/p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
          <xsl:apply-templates select="$base3/notes/p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
          <xsl:apply-templates select="$base2/notes/p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
          <xsl:apply-templates select="$base1/notes/p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
          <xsl:apply-templates select="$all/errors/p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
          <xsl:apply-templates select="$all/errors/error">
            <xsl:sort select="@id" lang="en"/>
            <xsl:with-param name="terms" select="$terms"/>
          </xsl:apply-templates>
        </maml:alert>
      </maml:alertSet>
      <command:examples>
        <xsl:for-each select="example">
          <command:example>
            <maml:title>
              <xsl:value-of select="concat('---------- Example ', position(), ': ', @title, ' ----------')"/>
            </maml:title>
            <dev:code><xsl:value-of select="code"/></dev:code>
            <dev:remarks>
              <xsl:apply-templates select="p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
              <!-- Get-Help puts nothing between two examples. -->
              <maml:para/>
            </dev:remarks>
          </command:example>
        </xsl:for-each>
      </command:examples>
      <maml:relatedLinks>
        <xsl:apply-templates select="link"/>
        <xsl:apply-templates select="$base1/link"/>
        <xsl:apply-templates select="$base2/link"/>
        <xsl:apply-templates select="$base3/link"/>
      </maml:relatedLinks>
    </command:command>
  </xsl:template>

  <!-- In the syntax, a choice is shown in full, and a switch has no value. -->
  <xsl:template match="parameter" mode="syntax">
    <command:parameter>
      <xsl:call-template name="traits"/>
      <maml:name><xsl:value-of select="@name"/></maml:name>
      <xsl:choose>
        <xsl:when test="value">
          <command:parameterValueGroup>
            <xsl:for-each select="value">
              <command:parameterValue required="true" variableLength="false"><xsl:value-of select="."/></command:parameterValue>
            </xsl:for-each>
          </command:parameterValueGroup>
        </xsl:when>
        <xsl:when test="@type != 'System.Management.Automation.SwitchParameter'">
          <xsl:call-template name="parameter-value"/>
        </xsl:when>
      </xsl:choose>
    </command:parameter>
  </xsl:template>

  <xsl:template match="parameter">
    <xsl:param name="terms"/>
    <command:parameter>
      <xsl:call-template name="traits"/>
      <maml:name><xsl:value-of select="@name"/></maml:name>
      <maml:description>
        <xsl:apply-templates select="p"><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
        <xsl:if test="value">
          <maml:para>
            <xsl:text>Accepted values: </xsl:text>
            <xsl:for-each select="value">
              <xsl:if test="position() &gt; 1">, </xsl:if>
              <xsl:value-of select="."/>
            </xsl:for-each>
            <xsl:text>.</xsl:text>
          </maml:para>
        </xsl:if>
      </maml:description>
      <xsl:call-template name="parameter-value"/>
      <dev:type>
        <maml:name><xsl:value-of select="@type"/></maml:name>
      </dev:type>
      <dev:defaultValue>
        <xsl:choose>
          <xsl:when test="@default"><xsl:value-of select="@default"/></xsl:when>
          <xsl:otherwise>None</xsl:otherwise>
        </xsl:choose>
      </dev:defaultValue>
    </command:parameter>
  </xsl:template>

  <xsl:template name="traits">
    <xsl:attribute name="required">
      <xsl:choose>
        <xsl:when test="@required"><xsl:value-of select="@required"/></xsl:when>
        <xsl:otherwise>false</xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
    <xsl:attribute name="variableLength">true</xsl:attribute>
    <xsl:attribute name="globbing">
      <xsl:choose>
        <xsl:when test="@globbing"><xsl:value-of select="@globbing"/></xsl:when>
        <xsl:otherwise>false</xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
    <xsl:attribute name="pipelineInput">
      <xsl:choose>
        <xsl:when test="@pipeline">true (<xsl:value-of select="@pipeline"/>)</xsl:when>
        <xsl:otherwise>false</xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
    <xsl:attribute name="position">
      <xsl:choose>
        <xsl:when test="@position"><xsl:value-of select="@position"/></xsl:when>
        <xsl:otherwise>named</xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
    <xsl:attribute name="aliases">
      <xsl:choose>
        <xsl:when test="@aliases"><xsl:value-of select="@aliases"/></xsl:when>
        <xsl:otherwise>None</xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
  </xsl:template>

  <xsl:template name="parameter-value">
    <command:parameterValue required="true" variableLength="{contains(@type, '[]')}">
      <xsl:call-template name="short-name">
        <xsl:with-param name="type" select="@type"/>
      </xsl:call-template>
    </command:parameterValue>
  </xsl:template>

  <xsl:template name="short-name">
    <xsl:param name="type"/>
    <xsl:choose>
      <xsl:when test="contains($type, '.')">
        <xsl:call-template name="short-name">
          <xsl:with-param name="type" select="substring-after($type, '.')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$type"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="typed-text">
    <dev:type>
      <maml:name><xsl:value-of select="@type"/></maml:name>
    </dev:type>
    <maml:description>
      <xsl:apply-templates select="p"/>
    </maml:description>
  </xsl:template>

  <xsl:template match="p | error">
    <xsl:param name="terms"/>
    <xsl:variable name="text">
      <xsl:if test="self::error"><xsl:value-of select="concat(@id, ': ')"/></xsl:if>
      <xsl:apply-templates><xsl:with-param name="terms" select="$terms"/></xsl:apply-templates>
    </xsl:variable>
    <maml:para><xsl:value-of select="normalize-space($text)"/></maml:para>
  </xsl:template>

  <xsl:template match="term">
    <xsl:param name="terms"/>
    <xsl:variable name="text" select="$terms[@name = current()/@name]"/>
    <xsl:if test="count($text) != 1">
      <xsl:message terminate="yes">The term '<xsl:value-of select="@name"/>' has <xsl:value-of select="count($text)"/> meanings.</xsl:message>
    </xsl:if>
    <xsl:value-of select="$text"/>
  </xsl:template>

  <xsl:template match="link">
    <maml:navigationLink>
      <maml:linkText><xsl:value-of select="@text"/></maml:linkText>
      <maml:uri><xsl:value-of select="@uri"/></maml:uri>
    </maml:navigationLink>
  </xsl:template>
</xsl:stylesheet>
