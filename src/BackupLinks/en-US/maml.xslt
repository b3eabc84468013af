<?xml version="1.0" encoding="utf-8"?>
<!--
  Makes the file that Get-Help reads out of the sources beside this one.

  Input: <commands><command href="Get-It.help.xml"/>...</commands>, written by the build.
  A source names its provider; shared text and parameters come from <provider>.shared.xml, then LinkCommand.shared.xml.
  In shared text, <term name="x"/> stands for the provider's <term name="x">...</term>.
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

  <xsl:variable name="common" select="document('LinkCommand.shared.xml')/shared"/>

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
    <xsl:variable name="provider" select="document(concat(@provider, '.shared.xml'))/shared"/>
    <xsl:variable name="own" select="parameters/parameter"/>
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
        <!-- One at a time: the order of nodes of several documents in a union is undefined. -->
        <xsl:apply-templates select="description/p">
          <xsl:with-param name="provider" select="$provider"/>
        </xsl:apply-templates>
        <!-- What a link is, for commands that give links. -->
        <xsl:if test="not(@kind = 'list')">
          <xsl:apply-templates select="$common/description/p">
            <xsl:with-param name="provider" select="$provider"/>
          </xsl:apply-templates>
        </xsl:if>
      </maml:description>
      <command:syntax>
        <command:syntaxItem>
          <maml:name><xsl:value-of select="@name"/></maml:name>
          <xsl:apply-templates select="$own[@position]" mode="syntax">
            <xsl:sort select="@position" data-type="number"/>
          </xsl:apply-templates>
          <xsl:apply-templates select="$own[not(@position)]" mode="syntax"/>
          <xsl:apply-templates select="$provider/parameters/parameter" mode="syntax"/>
          <xsl:apply-templates select="$common/parameters/parameter" mode="syntax"/>
        </command:syntaxItem>
      </command:syntax>
      <command:parameters>
        <xsl:apply-templates select="$own[@position]">
          <xsl:sort select="@position" data-type="number"/>
          <xsl:with-param name="provider" select="$provider"/>
        </xsl:apply-templates>
        <xsl:apply-templates select="$own[not(@position)]">
          <xsl:with-param name="provider" select="$provider"/>
        </xsl:apply-templates>
        <xsl:apply-templates select="$provider/parameters/parameter">
          <xsl:with-param name="provider" select="$provider"/>
        </xsl:apply-templates>
        <xsl:apply-templates select="$common/parameters/parameter">
          <xsl:with-param name="provider" select="$provider"/>
        </xsl:apply-templates>
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
          <xsl:apply-templates select="notes/p">
            <xsl:with-param name="provider" select="$provider"/>
          </xsl:apply-templates>
          <xsl:apply-templates select="$common/credentials/p">
            <xsl:with-param name="provider" select="$provider"/>
          </xsl:apply-templates>
          <xsl:apply-templates select="$provider/credentials/p">
            <xsl:with-param name="provider" select="$provider"/>
          </xsl:apply-templates>
          <xsl:apply-templates select="$common/errors/*">
            <xsl:with-param name="provider" select="$provider"/>
          </xsl:apply-templates>
          <xsl:apply-templates select="$provider/errors/*">
            <xsl:with-param name="provider" select="$provider"/>
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
              <xsl:apply-templates select="p">
                <xsl:with-param name="provider" select="$provider"/>
              </xsl:apply-templates>
              <!-- Get-Help puts nothing between two examples. -->
              <maml:para/>
            </dev:remarks>
          </command:example>
        </xsl:for-each>
      </command:examples>
      <maml:relatedLinks>
        <xsl:apply-templates select="link"/>
        <xsl:apply-templates select="$provider/link"/>
        <xsl:apply-templates select="$common/link"/>
      </maml:relatedLinks>
    </command:command>
  </xsl:template>

  <!-- In the syntax, a choice is shown in full. -->
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
        <xsl:otherwise>
          <xsl:call-template name="parameter-value"/>
        </xsl:otherwise>
      </xsl:choose>
    </command:parameter>
  </xsl:template>

  <xsl:template match="parameter">
    <xsl:param name="provider"/>
    <command:parameter>
      <xsl:call-template name="traits"/>
      <maml:name><xsl:value-of select="@name"/></maml:name>
      <maml:description>
        <xsl:apply-templates select="p">
          <xsl:with-param name="provider" select="$provider"/>
        </xsl:apply-templates>
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
    <xsl:param name="provider"/>
    <xsl:variable name="text">
      <xsl:if test="self::error"><xsl:value-of select="concat(@id, ': ')"/></xsl:if>
      <xsl:apply-templates>
        <xsl:with-param name="provider" select="$provider"/>
      </xsl:apply-templates>
    </xsl:variable>
    <maml:para><xsl:value-of select="normalize-space($text)"/></maml:para>
  </xsl:template>

  <xsl:template match="term">
    <xsl:param name="provider"/>
    <xsl:variable name="name" select="@name"/>
    <xsl:if test="not($provider/term[@name = $name])">
      <xsl:message terminate="yes">A provider has no term '<xsl:value-of select="$name"/>'.</xsl:message>
    </xsl:if>
    <xsl:value-of select="$provider/term[@name = $name]"/>
  </xsl:template>

  <xsl:template match="link">
    <maml:navigationLink>
      <maml:linkText><xsl:value-of select="@text"/></maml:linkText>
      <maml:uri><xsl:value-of select="@uri"/></maml:uri>
    </maml:navigationLink>
  </xsl:template>
</xsl:stylesheet>
